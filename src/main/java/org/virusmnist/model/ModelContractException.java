package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SavedModel that is not what this application can run; lists every difference at once. */
public final class ModelContractException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String NEXT_STEP = "Re-export it with scripts/export_savedmodel.py.";

  /**
   * Creates an exception for a model that differs from the contract.
   *
   * @param directory the SavedModel's directory
   * @param differences what was found and what was expected, one entry each
   */
  public ModelContractException(Path directory, List<String> differences) {
    this(directory, String.join("; ", differences), (Throwable) null);
  }

  /**
   * Returns an exception for a model that native code must not see.
   *
   * @param directory the SavedModel's directory
   * @param problems what was found in it, one entry each
   */
  static ModelContractException refused(Path directory, List<String> problems) {
    return new ModelContractException(
        "SavedModel %s is refused: %s. Use a model that you exported yourself, or --trust-model."
            .formatted(directory, String.join("; ", problems)));
  }

  /**
   * Returns an exception for a model that is not the one that was asked for.
   *
   * @param directory the SavedModel's directory
   * @param expected the SHA-256 it must have
   * @param found the SHA-256 it has
   */
  static ModelContractException otherHash(Path directory, String expected, String found) {
    return new ModelContractException(
        "SavedModel %s has SHA-256 %s, expected %s. Find out who changed it, or pin the new hash."
            .formatted(directory, found, expected));
  }

  /**
   * Returns an exception for a model that can be run, but not for what it is asked to do.
   *
   * @param directory the SavedModel's directory
   * @param problem what it lacks
   * @param nextStep what to do, a sentence
   */
  public static ModelContractException unsuitable(Path directory, String problem, String nextStep) {
    return new ModelContractException(
        "SavedModel %s %s. %s".formatted(directory, problem, nextStep));
  }

  private ModelContractException(String message) {
    super(message);
  }

  /**
   * Creates an exception for a model that cannot be read at all.
   *
   * @param directory the SavedModel's directory
   * @param problem what is wrong, on one line
   * @param cause the failure underneath, if there is one
   */
  public ModelContractException(Path directory, String problem, @Nullable Throwable cause) {
    super("SavedModel " + directory + ": " + problem + ". " + NEXT_STEP, cause);
  }
}
