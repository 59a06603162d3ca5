package org.virusmnist.training;

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
}
