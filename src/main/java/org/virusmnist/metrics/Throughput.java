package org.virusmnist.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How fast one kind of work is at one batch size.
 *
 * @param work what was done, for instance {@code predict}
 * @param device where, for instance {@code CPU:0}
 * @param precision arithmetic of the base
 * @param batchSize images of a batch
 * @param stepsPerCall batches that one call works through, 1 or more
 * @param callsInFlight calls that ran at a time
 * @param calls calls that were measured
 * @param imagesPerSecond images per second, all calls in flight together
 * @param latency milliseconds of one batch
 * @param peakMemoryBytes most memory that the process held, or null if unknown
 */
public record Throughput(
    String work,
    String device,
    String precision,
    int batchSize,
    int stepsPerCall,
    int callsInFlight,
    int calls,
    double imagesPerSecond,
    Latency latency,
    @Nullable Long peakMemoryBytes) {

  /**
   * How long a batch takes, in milliseconds: from the call until its result is there.
   *
   * @param p50 the median
   * @param p95 what 95 of 100 batches stay below
   * @param p99 what 99 of 100 batches stay below
   */
  public record Latency(double p50, double p95, double p99) {
    /**
     * Takes the quantiles of a sample.
     *
     * @param millis milliseconds of each call, at least one
     * @param stepsPerCall batches of a call, over which its time is spread evenly
     * @return the quantiles of a batch
     * @throws IllegalArgumentException if there is no call
     */
    public static Latency of(double[] millis, int stepsPerCall) {
      return new Latency(
          Quantiles.of(millis, 0.5) / stepsPerCall,
          Quantiles.of(millis, 0.95) / stepsPerCall,
          Quantiles.of(millis, 0.99) / stepsPerCall);
    }
  }
}
