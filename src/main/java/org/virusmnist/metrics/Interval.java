package org.virusmnist.metrics;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end, not below the lower
 */
public record Interval(double low, double high) {
  /** Two-sided 95 % point of the standard normal distribution. */
  private static final double Z_95 = 1.959963984540054;

  /**
   * Checks the order of the ends.
   *
   * @throws IllegalArgumentException if the upper end is below the lower, or one is NaN
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval from " + low + " to " + high + " is empty");
    }
  }

  /**
   * Returns the 95 % Wilson score interval of a share (Wilson 1927; {@code scipy.stats.binomtest(k,
   * n).proportion_ci(method="wilson")}). Unlike the normal approximation it stays inside 0 to 1 and
   * has a width at 0 and at 1.
   *
   * @param successes k, for instance the rows predicted right
   * @param trials n, for instance all rows; 0 gives the interval from 0 to 1
   * @throws IllegalArgumentException unless 0 ≤ k ≤ n
   */
  public static Interval wilson95(long successes, long trials) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          successes + " successes of " + trials + " trials, expected 0 to " + trials);
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double share = (double) successes / trials;
    double z2 = Z_95 * Z_95 / trials;
    double centre = share + z2 / 2;
    double half = Math.sqrt(z2 * (share * (1 - share) + z2 / 4));
    double low = successes == 0 ? 0 : (centre - half) / (1 + z2);
    double high = successes == trials ? 1 : (centre + half) / (1 + z2);
    return new Interval(low, high);
  }
}
