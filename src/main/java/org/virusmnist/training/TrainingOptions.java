package org.virusmnist.training;

/**
 * What the epoch loop needs to know; the defaults are the notebook's.
 *
 * @param epochs number of passes over the training rows, 1 or more
 * @param batchSize rows of a step, 1 or more
 * @param learningRate Adam's learning rate, more than 0
 * @param seed decides the order of rows in every epoch
 * @param shuffle whether each epoch has its own order; otherwise file order
 * @param schedule how the learning rate moves over the steps
 */
public record TrainingOptions(
    int epochs, int batchSize, float learningRate, long seed, boolean shuffle, Schedule schedule) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + ", expected 1 or more");
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", expected 1 or more");
    }
    if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning rate is " + learningRate + ", expected a finite number above 0");
    }
  }

  /** Creates options with the same learning rate in every step. */
  public TrainingOptions(
      int epochs, int batchSize, float learningRate, long seed, boolean shuffle) {
    this(epochs, batchSize, learningRate, seed, shuffle, Schedule.constant());
  }

  /**
   * Returns the notebook's settings.
   *
   * @return 10 epochs of batches of 32 at learning rate 0.001, seed 42, shuffled
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions(10, 32, 0.001f, 42, true);
  }
}
