package org.virusmnist.model;

import java.util.Arrays;

/**
 * What a training step adds to plain cross-entropy; {@link #none} costs nothing.
 *
 * @param dropout share of features set to zero, 0 to below 1
 * @param labelSmoothing share of a label spread over all classes, 0 to below 1
 * @param weightDecay decoupled weight decay per step, relative to the learning rate, 0 or more
 * @param classWeights factor of each class's loss [C]
 */
public record Regularization(
    float dropout, float labelSmoothing, float weightDecay, float[] classWeights) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public Regularization {
    requireShare("dropout", dropout);
    requireShare("label smoothing", labelSmoothing);
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weight decay is " + weightDecay + ", expected 0 or more");
    }
    classWeights = classWeights.clone();
  }

  /**
   * Returns plain cross-entropy.
   *
   * @param classCount number of classes, C
   * @return no dropout, smoothing or decay, every class weighing 1
   */
  public static Regularization none(int classCount) {
    float[] weights = new float[classCount];
    Arrays.fill(weights, 1);
    return new Regularization(0, 0, 0, weights);
  }

  private static void requireShare(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected at least 0 and less than 1");
    }
  }
}
