package org.virusmnist.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Rows of unsigned bytes, row after row in blocks of 256 rows; grows without copying rows, but for
 * the first block, which starts with one row and doubles.
 *
 * <p>One array would be simpler but growing it holds old and new at once, twice the memory of the
 * data set. A block of 32 × 32 images is 256 KiB, below the size that the G1 collector treats as
 * humongous.
 */
final class GreyBlocks implements PixelRows {
  private static final int BLOCK_SHIFT = 8;
  private static final int BLOCK_ROWS = 1 << BLOCK_SHIFT;
  private static final int BLOCK_MASK = BLOCK_ROWS - 1;

  private final int width;
  private byte[][] blocks = new byte[1][];
  private int rows;

  GreyBlocks(int width) {
    this.width = width;
  }

  @Override
  public int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  /** Appends a copy of the {@code width} bytes that start at {@code offset}. */
  void add(byte[] source, int offset) {
    int at = addRow();
    System.arraycopy(source, offset, block(rows - 1), at, width);
  }

  /** Appends a row of zeros for the caller to fill and returns its offset in its block. */
  int addRow() {
    int index = rows >>> BLOCK_SHIFT;
    if (index == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * index);
    }
    if ((rows & BLOCK_MASK) == 0) {
      blocks[index] = new byte[(index == 0 ? 1 : BLOCK_ROWS) * width];
    } else if (offset(rows) == blocks[index].length) {
      blocks[index] = Arrays.copyOf(blocks[index], 2 * blocks[index].length);
    }
    return offset(rows++);
  }

  /** Takes the last row back. */
  void removeLast() {
    rows--;
  }

  /** Reads what {@link #writeTo} wrote. */
  static GreyBlocks read(InputStream in, int rows, int width) throws IOException {
    GreyBlocks pixels = new GreyBlocks(width);
    pixels.blocks = new byte[Math.max(1, (rows + BLOCK_MASK) >>> BLOCK_SHIFT)][];
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      byte[] block = new byte[BLOCK_ROWS * width];
      int bytes = Math.min(BLOCK_ROWS, rows - from) * width;
      if (in.readNBytes(block, 0, bytes) < bytes) {
        throw new EOFException("pixels end too early");
      }
      pixels.blocks[from >>> BLOCK_SHIFT] = block;
    }
    pixels.rows = rows;
    return pixels;
  }

  /** Copies chosen rows. */
  @Override
  public GreyBlocks select(int[] chosen) {
    GreyBlocks selected = new GreyBlocks(width);
    for (int row : chosen) {
      selected.add(block(row), offset(row));
    }
    return selected;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      out.write(block(from), 0, Math.min(BLOCK_ROWS, rows - from) * width);
    }
  }

  @Override
  public byte[] block(int row) {
    return blocks[row >>> BLOCK_SHIFT];
  }

  @Override
  public int offset(int row) {
    return (row & BLOCK_MASK) * width;
  }
}
