package org.virusmnist.metrics;

import java.util.Arrays;

/**
 * Mean and standard deviation of a few repetitions.
 *
 * @param mean their mean
 * @param deviation their sample standard deviation (divided by n − 1); 0 for a single one
 */
public record Spread(double mean, double deviation) {
  /**
   * Returns the spread of values.
   *
   * @param values at least one
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values, expected 1 or more");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }
}
