package org.virusmnist.chart;

import java.util.List;

/**
 * How fast something is at several batch sizes.
 *
 * @param name what was measured, for the legend
 * @param points measurements, batch sizes rising
 */
public record ThroughputSeries(String name, List<Point> points) {
  /** Copies the list. */
  public ThroughputSeries {
    points = List.copyOf(points);
  }

  /**
   * One measurement.
   *
   * @param batchSize images at a time, at least 1
   * @param imagesPerSecond images per second, 0 or more
   */
  public record Point(int batchSize, double imagesPerSecond) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the batch size is not positive or the rate no number of 0
     *     or more
     */
    public Point {
      if (batchSize < 1 || !(imagesPerSecond >= 0 && Double.isFinite(imagesPerSecond))) {
        throw new IllegalArgumentException(
            "batch size %d at %s images/s, expected at least 1 and 0"
                .formatted(batchSize, imagesPerSecond));
      }
    }
  }
}
