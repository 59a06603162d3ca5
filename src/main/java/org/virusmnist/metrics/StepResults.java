package org.virusmnist.metrics;

/**
 * What S training steps reported.
 *
 * @param losses mean loss over the valid rows of each step [S]; 0 for a step without valid rows
 * @param correct number of rows of each step whose largest logit was the label's [S]
 */
public record StepResults(float[] losses, int[] correct) {

  /**
   * Checks the lengths; the arrays are kept, not copied.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public StepResults {
    if (losses.length != correct.length) {
      throw new IllegalArgumentException(
          "%d losses and %d counts, expected as many of both"
              .formatted(losses.length, correct.length));
    }
  }

  /**
   * Returns the number of steps.
   *
   * @return S
   */
  public int steps() {
    return losses.length;
  }
}
