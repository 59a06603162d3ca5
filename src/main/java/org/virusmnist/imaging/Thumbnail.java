package org.virusmnist.imaging;

import java.io.IOException;
import org.virusmnist.pe.ByteSource;

/**
 * A whole file as a picture of 32×32 pixels.
 *
 * <p>The bytes fill rows of a width that grows with the file, as in Nataraj et al., "Malware
 * Images: Visualization and Automatic Classification" (VizSec 2011), table 1; zeros fill the last
 * row. That picture of H×W is scaled by nearest neighbour, the way Pillow does it: pixel (r, c) is
 * the byte in row ⌊(r + ½) H / 32⌋ and column ⌊(c + ½) W / 32⌋, in whole numbers without rounding.
 */
final class Thumbnail {
  private static final int SIDE = 32;
  private static final int KILOBYTE = 1024;

  /** Widths, and the sizes in kB below which they are used; the last one is for all others. */
  private static final int[] WIDTHS = {32, 64, 128, 256, 384, 512, 768, 1024};

  private static final int[] BELOW = {10, 30, 60, 100, 200, 500, 1000};

  private Thumbnail() {}

  /** Returns 1,024 unsigned bytes; an empty file is black. */
  static byte[] of(ByteSource file) throws IOException {
    int width = width(file.size());
    long height = (file.size() + width - 1) / width;
    byte[] pixels = new byte[SIDE * SIDE];
    for (int r = 0; r < SIDE; r++) {
      byte[] row = file.read((2 * r + 1) * height / (2 * SIDE) * width, width);
      for (int c = 0; c < SIDE; c++) {
        int column = (2 * c + 1) * width / (2 * SIDE);
        pixels[r * SIDE + c] = column < row.length ? row[column] : 0;
      }
    }
    return pixels;
  }

  /** Returns the bytes in a row of a file of so many bytes. */
  static int width(long size) {
    int i = 0;
    while (i < BELOW.length && size >= (long) BELOW[i] * KILOBYTE) {
      i++;
    }
    return WIDTHS[i];
  }
}
