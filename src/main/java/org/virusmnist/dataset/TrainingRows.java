package org.virusmnist.dataset;

import java.util.Objects;

/**
 * The rows that an epoch visits and the order in which it does.
 *
 * <p>Rows of one shard are visited in one random order. Where there are several shards, an epoch
 * takes them one after the other in a random order, and the rows of each in a random order: so a
 * shard is read from disk once in an epoch, wherever the features are kept. Both are pure functions
 * of seed and epoch.
 */
public final class TrainingRows {
  private final int[] places;
  private final Shards shards;

  private TrainingRows(int[] places, Shards shards) {
    this.places = places;
    this.shards = shards;
  }

  /**
   * Takes rows of a data set that is spread over shards.
   *
   * @param places the number that each row has in the data set; copied
   * @param shards of the data set
   * @return the rows
   * @throws IndexOutOfBoundsException if the data set has no such row
   */
  public static TrainingRows of(int[] places, Shards shards) {
    for (int place : places) {
      Objects.checkIndex(place, shards.rows());
    }
    return new TrainingRows(places.clone(), shards);
  }

  /**
   * Takes all rows of a data set.
   *
   * @param rows how many there are
   * @return the rows
   */
  public static TrainingRows all(int rows) {
    return new TrainingRows(RowOrder.sequential(rows), Shards.of(rows));
  }

  /**
   * Returns the number of rows.
   *
   * @return N
   */
  public int size() {
    return places.length;
  }

  /**
   * Returns the order of an epoch.
   *
   * @param seed any number
   * @param epoch the epoch, from 0
   * @return the numbers 0 to N − 1, owned by the caller; with one shard as {@link
   *     RowOrder#shuffled}
   */
  public int[] shuffled(long seed, int epoch) {
    if (shards.count() == 1) {
      return RowOrder.shuffled(places.length, seed, epoch);
    }
    SplitMix64 random = new SplitMix64(seed, epoch);
    int[] order = RowOrder.sequential(shards.count());
    random.shuffle(order);
    int[][] byShard = byShard();
    int[] all = new int[places.length];
    int next = 0;
    for (int shard : order) {
      int[] rows = byShard[shard];
      random.shuffle(rows);
      System.arraycopy(rows, 0, all, next, rows.length);
      next += rows.length;
    }
    return all;
  }

  private int[][] byShard() {
    int[] sizes = new int[shards.count()];
    for (int place : places) {
      sizes[shards.shard(place)]++;
    }
    int[][] byShard = new int[sizes.length][];
    for (int shard = 0; shard < sizes.length; shard++) {
      byShard[shard] = new int[sizes[shard]];
    }
    for (int row = places.length - 1; row >= 0; row--) {
      int shard = shards.shard(places[row]);
      byShard[shard][--sizes[shard]] = row;
    }
    return byShard;
  }
}
