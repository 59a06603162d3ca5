package org.virusmnist.metrics;

/**
 * The mean of several predictions of the same rows: an ensemble's probabilities.
 *
 * <p>Sums are doubles, so that the order of the predictions is hardly seen. For one thread.
 */
public final class MeanProbabilities {
  private final double[] sums;
  private int count;

  /**
   * Begins with no prediction.
   *
   * @param values N×C, the probabilities of a prediction
   */
  public MeanProbabilities(int values) {
    this.sums = new double[values];
  }

  /**
   * Adds a prediction.
   *
   * @param probabilities probability of each class, row by row [N×C]
   * @throws IllegalArgumentException if there are not N×C
   */
  public void add(float[] probabilities) {
    if (probabilities.length != sums.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities, expected " + sums.length);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += probabilities[i];
    }
    count++;
  }

  /**
   * Returns the mean of what was added.
   *
   * @return probability of each class, row by row [N×C]
   * @throws IllegalStateException if nothing was
   */
  public float[] mean() {
    if (count == 0) {
      throw new IllegalStateException("no predictions, expected 1 or more");
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / count);
    }
    return mean;
  }
}
