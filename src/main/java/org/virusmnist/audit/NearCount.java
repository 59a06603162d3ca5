package org.virusmnist.audit;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How many rows have a neighbour within some number of differing bytes.
 *
 * @param bytes differing bytes at most
 * @param rows rows with such a neighbour
 * @param total all rows
 * @param correctOthers rows without such a neighbour that a model predicted right; null if unknown
 */
public record NearCount(int bytes, int rows, int total, @Nullable Integer correctOthers) {
  /** Checks that no part is larger than the whole. */
  public NearCount {
    if (rows < 0 || rows > total) {
      throw new IllegalArgumentException(rows + " of " + total + " rows, expected 0 to all");
    }
    if (correctOthers != null && (correctOthers < 0 || correctOthers > total - rows)) {
      throw new IllegalArgumentException(
          correctOthers + " right of " + (total - rows) + " rows, expected 0 to all");
    }
  }

  /**
   * Returns the share of the rows that have such a neighbour.
   *
   * @return from 0 to 1; 0 where there are no rows
   */
  public double share() {
    return total == 0 ? 0 : (double) rows / total;
  }

  /**
   * Returns the number of rows without such a neighbour.
   *
   * @return rows, 0 or more
   */
  public int others() {
    return total - rows;
  }

  /**
   * Returns the accuracy over the rows without such a neighbour.
   *
   * @return from 0 to 1; empty where it is not known or there is no such row
   */
  public OptionalDouble accuracyOfOthers() {
    return correctOthers == null || others() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) correctOthers / others());
  }
}
