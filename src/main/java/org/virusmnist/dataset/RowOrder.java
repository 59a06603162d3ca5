package org.virusmnist.dataset;

/** The order in which an epoch visits its rows: a pure function of its arguments. */
public final class RowOrder {
  private RowOrder() {}

  /**
   * Returns a permutation of the row numbers that depends on nothing but the arguments.
   *
   * <p>A run that is resumed at epoch 7 computes the order of epoch 7 without the six before it. A
   * Fisher-Yates shuffle (Durstenfeld, CACM 1964, algorithm 235) driven by SplitMix64 (Steele, Lea
   * and Flood, OOPSLA 2014) that starts from a mix of seed and epoch.
   *
   * @param rows how many rows, at least 0
   * @param seed any number
   * @param epoch the epoch, from 0
   * @return the numbers 0 to rows − 1, owned by the caller
   */
  public static int[] shuffled(int rows, long seed, int epoch) {
    int[] order = sequential(rows);
    new SplitMix64(seed, epoch).shuffle(order);
    return order;
  }

  /**
   * Returns the row numbers as they are in the file.
   *
   * @param rows how many rows, at least 0
   * @return the numbers 0 to rows − 1, owned by the caller
   */
  public static int[] sequential(int rows) {
    return range(0, rows);
  }

  static int[] range(int from, int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = from + i;
    }
    return numbers;
  }
}
