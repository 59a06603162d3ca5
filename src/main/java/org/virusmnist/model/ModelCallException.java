package org.virusmnist.model;

import java.nio.file.Path;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A call that TensorFlow refused or could not finish, though the model could be loaded. */
public final class ModelCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelCallException(Path directory, String signature, RuntimeException cause) {
    super(
        "SavedModel %s: its signature '%s' fails: %s. Re-export it, or try with --verbose."
            .formatted(directory, signature, SavedModelStore.firstLine(cause)),
        cause);
  }

  /** Returns whether there was not enough memory on the device for so large a call. */
  public boolean isOutOfMemory() {
    return getCause() instanceof TFResourceExhaustedException;
  }
}
