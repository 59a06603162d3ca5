package org.virusmnist.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Whether two measures order the same things alike: Spearman's ρ, ties sharing their mean rank. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Returns Spearman's rank correlation.
   *
   * @param first values without NaN
   * @param second as many values without NaN
   * @return from −1 to 1; NaN if either has no two different values
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double spearman(float[] first, float[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          first.length + " values against " + second.length + ", expected as many");
    }
    return correlation(ranks(first), ranks(second));
  }

  private static double correlation(double[] first, double[] second) {
    double mean = (first.length - 1) / 2.0;
    double product = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.length; i++) {
      product += (first[i] - mean) * (second[i] - mean);
      firstSquares += (first[i] - mean) * (first[i] - mean);
      secondSquares += (second[i] - mean) * (second[i] - mean);
    }
    return product / Math.sqrt(firstSquares * secondSquares);
  }

  private static double[] ranks(float[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
