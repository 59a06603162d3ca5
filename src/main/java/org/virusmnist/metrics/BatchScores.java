package org.virusmnist.metrics;

/**
 * What a model says of N labelled rows.
 *
 * @param losses cross-entropy of each row [N]
 * @param probabilities probability of each class, row by row [N×C]
 */
public record BatchScores(float[] losses, float[] probabilities) {

  /**
   * Checks the lengths; the arrays are kept, not copied.
   *
   * @throws IllegalArgumentException if the probabilities do not divide into the rows
   */
  public BatchScores {
    if (losses.length == 0 || probabilities.length % losses.length != 0) {
      throw new IllegalArgumentException(
          "%d probabilities for %d rows, expected a multiple"
              .formatted(probabilities.length, losses.length));
    }
  }
}
