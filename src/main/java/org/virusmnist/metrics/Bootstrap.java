package org.virusmnist.metrics;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap (Efron 1979): the spread of a statistic over rows drawn with replacement.
 *
 * <p>The same seed gives the same interval on every machine.
 *
 * @param resamples how often rows are drawn, at least 1; 1,000 or more for an interval
 * @param seed seed of the draws
 */
public record Bootstrap(int resamples, long seed) {
  /**
   * Checks the number of resamples.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Bootstrap {
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples is " + resamples + ", expected 1 or more");
    }
  }

  /**
   * Returns the 95 % percentile interval of a statistic: its 2.5 and 97.5 percentiles.
   *
   * @param rows number of rows to draw from and to draw, at least 1
   * @param statistic value of drawn rows: indices from 0 to {@code rows} − 1, with repeats; the
   *     array is reused between calls
   * @throws IllegalArgumentException if there are no rows
   */
  public Interval percentile95(int rows, ToDoubleFunction<int[]> statistic) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", expected 1 or more");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[rows];
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      draw(random, drawn);
      values[i] = statistic.applyAsDouble(drawn);
    }
    return new Interval(Quantiles.of(values, 0.025), Quantiles.of(values, 0.975));
  }

  private static void draw(SplittableRandom random, int[] drawn) {
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextInt(drawn.length);
    }
  }
}
