package org.virusmnist.dataset;

import java.io.IOException;
import java.io.OutputStream;

/** Rows of unsigned bytes, wherever they are; not to be changed, safe to share between threads. */
interface PixelRows {
  /** Returns how many rows there are. */
  int rows();

  /** Returns bytes that hold a row, from {@link #offset} on: shared, not to be changed. */
  byte[] block(int row);

  /** Returns the offset of a row in its block. */
  int offset(int row);

  /** Returns chosen rows in the chosen order; the numbers must exist. */
  PixelRows select(int[] chosen);

  /** Writes all rows, one after the other. */
  void writeTo(OutputStream out) throws IOException;
}
