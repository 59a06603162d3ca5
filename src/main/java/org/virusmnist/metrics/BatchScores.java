package org.virusmnist.metrics;

import java.util.Arrays;

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

  @Override
  public boolean equals(Object other) {
    return other instanceof BatchScores that
        && Arrays.equals(losses, that.losses)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(losses);
  }

  @Override
  public String toString() {
    return "scores of %d rows".formatted(losses.length);
  }
}
