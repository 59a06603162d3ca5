package org.virusmnist.metrics;

import java.util.Arrays;

/** Quantiles of a sample by linear interpolation: method 7 of Hyndman and Fan, numpy's default. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * Returns a quantile.
   *
   * @param values the sample in any order, not empty; left as it is
   * @param fraction which quantile, from 0 (smallest) to 1 (largest)
   * @throws IllegalArgumentException if the sample is empty or the fraction is not from 0 to 1
   */
  public static double of(double[] values, double fraction) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values to take a quantile of");
    }
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction is " + fraction + ", expected 0 to 1");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = fraction * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
