package org.virusmnist.chart;

import java.util.stream.DoubleStream;

/**
 * What an axis shows.
 *
 * @param low value at its start
 * @param high value at its end, above the start
 */
record AxisRange(double low, double high) {
  private static final double MARGIN = 0.06;

  /**
   * Returns the range of some values with a margin at both ends, cut off at limits that no value
   * can pass. Values that are not finite are left out; equal values, or none, get a range around
   * them.
   *
   * @param values what is to be seen
   * @param limits smallest and largest possible value
   */
  static AxisRange of(DoubleStream values, AxisRange limits) {
    double[] finite = values.filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    double margin = high > low ? MARGIN * (high - low) : Math.max(0.05, 0.1 * Math.abs(high));
    return new AxisRange(Math.max(limits.low, low - margin), Math.min(limits.high, high + margin));
  }

  /** Returns the range of the epochs: whole numbers with some air, a single one in the middle. */
  static AxisRange ofEpochs(int first, int last) {
    double air = Math.max(0.5, 0.03 * (last - first));
    return last > first
        ? new AxisRange(first - air / 2, last + air / 2)
        : new AxisRange(first - air, last + air);
  }
}
