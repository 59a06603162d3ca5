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
