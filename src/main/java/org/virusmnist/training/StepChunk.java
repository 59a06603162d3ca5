package org.virusmnist.training;

import java.util.Arrays;

/**
 * Consecutive steps of one epoch that run in one call.
 *
 * @param rows row numbers [S×B], a step's rows together; −1 pads the epoch's last batch
 * @param learningRates the learning rate of each step [S]
 */
public record StepChunk(int[] rows, float[] learningRates) {

  /**
   * Returns the number of steps.
   *
   * @return S
   */
  public int steps() {
    return learningRates.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepChunk that
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(learningRates, that.learningRates);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return "%d steps over %d rows".formatted(steps(), rows.length);
  }
}
