package org.virusmnist.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Says where the disk failed: an open file that cannot be written does not know its name. */
public final class DiskFailure {
  private DiskFailure() {}

  /**
   * Names the file in an exception, unless it is named already. An exception of a class of its own,
   * which says more than that the disk failed, stays as it is.
   *
   * @param path what was being written
   * @param e why it cannot be
   * @return an exception that says both, in one line
   */
  public static IOException writing(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean isNamed = message.contains(String.valueOf(path.getFileName()));
    if (e.getClass() != IOException.class || isNamed) {
      return e;
    }
    return new IOException(
        "%s: cannot be written (%s). Make room on the disk, or write elsewhere."
            .formatted(path, message),
        e);
  }
}
