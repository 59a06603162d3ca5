package org.virusmnist.dataset;

import java.io.IOException;

/** Rows of one CSV file in their order, read piece by piece. Not thread-safe. */
interface RowSource extends AutoCloseable {
  /** Returns which columns the file has. */
  ColumnLayout layout();

  /** Appends up to {@code limit} rows and returns how many; 0 behind the last row. */
  int read(ImageRows target, int limit) throws IOException;

  /** Returns how many bytes of the file were read. */
  long fileBytes();

  @Override
  void close() throws IOException;
}
