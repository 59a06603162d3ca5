package org.virusmnist.dataset;

import java.util.Arrays;

/**
 * Rows of unsigned bytes, row after row in blocks of 256 rows; grows without copying rows.
 *
 * <p>One array would be simpler but growing it holds old and new at once, twice the memory of the
 * data set. A block of 32 × 32 images is 256 KiB, below the size that the G1 collector treats as
 * humongous.
 */
final class GreyBlocks {
  private static final int BLOCK_SHIFT = 8;
  private static final int BLOCK_ROWS = 1 << BLOCK_SHIFT;
  private static final int BLOCK_MASK = BLOCK_ROWS - 1;

  private final int width;
  private byte[][] blocks = new byte[1][];
  private int rows;

  GreyBlocks(int width) {
    this.width = width;
  }

  int rows() {
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
      blocks[index] = new byte[BLOCK_ROWS * width];
    }
    return offset(rows++);
  }

  /** Takes the last row back. */
  void removeLast() {
    rows--;
  }

  /** Returns the block that holds a row: shared, not to be changed once the rows are published. */
  byte[] block(int row) {
    return blocks[row >>> BLOCK_SHIFT];
  }

  /** Returns the offset of a row in its block. */
  int offset(int row) {
    return (row & BLOCK_MASK) * width;
  }
}
