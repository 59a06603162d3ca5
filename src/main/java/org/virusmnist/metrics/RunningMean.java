package org.virusmnist.metrics;

import java.io.Serializable;

/**
 * A weighted mean that grows value by value: Σ(value · weight) / Σ weight, in float64.
 *
 * <p>Fed with step losses weighted by the rows of their steps it is the {@code loss} of a Keras
 * history ({@code keras.metrics.Mean} with {@code sample_weight}), where the last, shorter batch
 * counts less. For one thread.
 */
public final class RunningMean implements Serializable {
  private static final long serialVersionUID = 1L;

  private double weightedSum;
  private long weight;

  /** Starts without a value. */
  public RunningMean() {
    this(0, 0);
  }

  RunningMean(double weightedSum, long weight) {
    this.weightedSum = weightedSum;
    this.weight = weight;
  }

  double weightedSum() {
    return weightedSum;
  }

  /**
   * Adds a value.
   *
   * @param value the value, for instance the mean loss of a step
   * @param valueWeight how much it counts, for instance the rows of the step; 0 is ignored, value
   *     and all
   * @throws IllegalArgumentException if the weight is negative
   */
  public void add(double value, long valueWeight) {
    if (valueWeight < 0) {
      throw new IllegalArgumentException("weight is " + valueWeight + ", expected 0 or more");
    }
    if (valueWeight > 0) {
      weightedSum += value * valueWeight;
      weight += valueWeight;
    }
  }

  /** Adds the values of another mean. */
  void add(RunningMean other) {
    weightedSum += other.weightedSum;
    weight += other.weight;
  }

  /** Sum of the weights so far. */
  public long weight() {
    return weight;
  }

  /** Returns the mean so far; 0 before the first value, as in Keras. */
  public double mean() {
    return weight == 0 ? 0 : weightedSum / weight;
  }
}
