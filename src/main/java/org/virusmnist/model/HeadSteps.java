package org.virusmnist.model;

import java.util.Arrays;

/**
 * S training steps to run in one call.
 *
 * @param rows row numbers [S×B], a step's rows together; −1 pads the last batch
 * @param learningRates the learning rate of each step [S]
 * @param regularization what is added to plain cross-entropy
 * @param seed seeds dropout, with the step number
 */
public record HeadSteps(
    int[] rows, float[] learningRates, Regularization regularization, long seed) {

  /**
   * Checks that the rows divide into the steps.
   *
   * @throws IllegalArgumentException if there is no step or the rows do not divide evenly
   */
  public HeadSteps {
    if (learningRates.length == 0 || rows.length % learningRates.length != 0) {
      throw new IllegalArgumentException(
          "%d row numbers for %d steps, expected a multiple"
              .formatted(rows.length, learningRates.length));
    }
    rows = rows.clone();
    learningRates = learningRates.clone();
  }

  /**
   * Returns the number of steps.
   *
   * @return S
   */
  public int steps() {
    return learningRates.length;
  }

  /**
   * Returns the number of rows in a step, padding included.
   *
   * @return B
   */
  public int batchSize() {
    return rows.length / learningRates.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeadSteps that
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(learningRates, that.learningRates)
        && regularization.equals(that.regularization)
        && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return "%d steps of %d rows".formatted(steps(), batchSize());
  }
}
