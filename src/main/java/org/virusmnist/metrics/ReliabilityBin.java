package org.virusmnist.metrics;

/**
 * The rows whose confidence lies in ({@code lower}, {@code upper}].
 *
 * @param lower lower end of the bin, not included (but in the first bin)
 * @param upper upper end of the bin, included
 * @param rows number of rows in the bin
 * @param confidence mean probability of their predicted classes; 0 without rows
 * @param accuracy share of them predicted right; 0 without rows
 */
public record ReliabilityBin(
    double lower, double upper, long rows, double confidence, double accuracy) {
  /** Distance between what the model says and what is so: |accuracy − confidence|. */
  public double gap() {
    return Math.abs(accuracy - confidence);
  }
}
