package org.virusmnist.training;

/**
 * Consecutive steps of one epoch that run in one call.
 *
 * @param epoch the epoch, from 0
 * @param rows row numbers [S×B], a step's rows together; −1 pads the epoch's last batch
 * @param learningRates the learning rate of each step [S]
 */
public record StepChunk(int epoch, int[] rows, float[] learningRates) {

  /**
   * Returns the number of steps.
   *
   * @return S
   */
  public int steps() {
    return learningRates.length;
  }

  /**
   * Returns how many rows of a step are not padding.
   *
   * @param step the step, from 0
   */
  public int validRows(int step) {
    int batch = rows.length / steps();
    int valid = 0;
    for (int i = step * batch; i < (step + 1) * batch; i++) {
      valid += rows[i] >= 0 ? 1 : 0;
    }
    return valid;
  }
}
