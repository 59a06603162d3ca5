package org.virusmnist.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A call that TensorFlow refused or could not finish, though the model could be loaded. */
public final class ModelCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param directory the SavedModel
   * @param signature the signature that was called
   * @param cause what TensorFlow says
   */
  public ModelCallException(Path directory, String signature, RuntimeException cause) {
    super(
        (isOutOfMemory(cause)
                ? "SavedModel %s: its signature '%s' runs out of the device's memory: %s. Use a smaller"
                    + " --batch-size or --inference-batch, less --resident-memory, or another device."
                : "SavedModel %s: its signature '%s' fails: %s. Re-export it, or try with --verbose.")
            .formatted(directory, signature, SavedModelStore.firstLine(cause)),
        cause);
  }

  /** Returns whether there was not enough memory on the device for so large a call. */
  public boolean isOutOfMemory() {
    return isOutOfMemory(getCause());
  }

  private static boolean isOutOfMemory(@Nullable Throwable cause) {
    return cause instanceof TFResourceExhaustedException;
  }
}
