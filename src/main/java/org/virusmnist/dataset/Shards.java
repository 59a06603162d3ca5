package org.virusmnist.dataset;

/**
 * Rows of a data set dealt out to shards as cards are: row r is in shard r mod S.
 *
 * <p>So a file that is sorted by class puts every class into every shard, and training that visits
 * one shard after the other still sees all of them. Which rows share a shard depends on the number
 * of rows alone, not on where they are kept.
 *
 * @param rows number of rows, N
 * @param rowsPerShard most rows of a shard, 1 or more
 */
public record Shards(int rows, int rowsPerShard) {
  /** Rows of a shard: 1.3 GB of the notebook's 1,280 features. */
  public static final int ROWS_PER_SHARD = 1 << 18;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is out of range
   */
  public Shards {
    if (rows < 0 || rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "%d rows in shards of %d, expected 0 or more in shards of 1 or more"
              .formatted(rows, rowsPerShard));
    }
  }

  /**
   * Deals rows out to shards of the usual size.
   *
   * @param rows number of rows, N
   * @return one shard for as many rows as that, more otherwise
   */
  public static Shards of(int rows) {
    return new Shards(rows, ROWS_PER_SHARD);
  }

  /**
   * Returns the number of shards.
   *
   * @return S, 1 or more
   */
  public int count() {
    return Math.max(1, (int) (((long) rows + rowsPerShard - 1) / rowsPerShard));
  }

  /**
   * Returns the shard of a row.
   *
   * @param row its number, from 0
   * @return the shard, from 0
   */
  public int shard(int row) {
    return row % count();
  }

  /**
   * Returns where a row is in its shard.
   *
   * @param row its number, from 0
   * @return its place, from 0
   */
  public int place(int row) {
    return row / count();
  }
}
