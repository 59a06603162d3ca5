package org.virusmnist.metrics;

/** Division in which nothing by nothing is nothing: scikit-learn's {@code zero_division=0}. */
final class Ratio {
  private Ratio() {}

  static double of(long part, long whole) {
    return of((double) part, (double) whole);
  }

  static double of(double part, long whole) {
    return of(part, (double) whole);
  }

  static double of(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
