package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads files of another format than CSV; found with {@link java.util.ServiceLoader}, so that the
 * libraries it needs are on the class path only where somebody wants them.
 */
public interface ImageFormat {
  /**
   * Tells whether a file is of this format, by its name.
   *
   * @param file a file
   * @return whether {@link #open} may be called
   */
  boolean reads(Path file);

  /**
   * Opens a file.
   *
   * @param file a file of this format
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether labels may be missing
   * @return the open file, owned by the caller
   * @throws DatasetFormatException if it has not the columns that are needed
   * @throws IOException if it cannot be read; the message names it
   */
  ImageStream open(Path file, int classCount, Labels labels) throws IOException;
}
