package org.virusmnist.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Images of a file, chunk after chunk in constant memory. Not thread-safe; the caller closes. */
public interface ImageStream extends AutoCloseable {
  /**
   * Returns the next rows.
   *
   * @return one image or more, or null behind the end
   * @throws DatasetFormatException if a row is not valid
   * @throws IOException if the file cannot be read
   */
  @Nullable ImageSet next() throws IOException;

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  void close() throws IOException;
}
