package org.virusmnist.inference;

import org.jspecify.annotations.Nullable;
import org.virusmnist.inference.OrderedPipeline.Source;

/** Cuts rows 0 to N into consecutive ranges of a batch each. */
public final class RowRanges implements Source<RowRanges.Range> {
  private final int rows;
  private final int batchSize;
  private int next;

  /**
   * Creates the ranges.
   *
   * @param rows number of rows, N
   * @param batchSize rows of a range, the last one excepted; 1 or more
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public RowRanges(int rows, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", expected 1 or more");
    }
    this.rows = rows;
    this.batchSize = batchSize;
  }

  /**
   * Consecutive rows.
   *
   * @param from the first row
   * @param count number of rows
   */
  public record Range(int from, int count) {

    /**
     * Returns the row numbers.
     *
     * @return from, from + 1, … [count]
     */
    public int[] rows() {
      int[] rows = new int[count];
      for (int i = 0; i < count; i++) {
        rows[i] = from + i;
      }
      return rows;
    }
  }

  @Override
  public @Nullable Range next() {
    if (next >= rows) {
      return null;
    }
    Range range = new Range(next, Math.min(batchSize, rows - next));
    next += range.count();
    return range;
  }
}
