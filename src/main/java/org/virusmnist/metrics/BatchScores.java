package org.virusmnist.metrics;

import java.nio.FloatBuffer;

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

  /** Scores of many rows, put together from batches of any size. */
  public static final class Joined {
    private final FloatBuffer losses;
    private final FloatBuffer probabilities;

    /**
     * Makes room.
     *
     * @param rows number of rows, N
     * @param classCount number of classes, C
     */
    public Joined(int rows, int classCount) {
      this.losses = FloatBuffer.allocate(rows);
      this.probabilities = FloatBuffer.allocate(Math.multiplyExact(rows, classCount));
    }

    /**
     * Appends the scores of the next rows.
     *
     * @param scores of rows and classes for which there is room
     */
    public void put(BatchScores scores) {
      losses.put(scores.losses);
      probabilities.put(scores.probabilities);
    }

    /**
     * Returns the scores of all rows.
     *
     * @throws IllegalStateException if some are missing
     */
    public BatchScores scores() {
      if (losses.hasRemaining() || probabilities.hasRemaining()) {
        throw new IllegalStateException(losses.remaining() + " rows have no scores yet");
      }
      return new BatchScores(losses.array(), probabilities.array());
    }
  }
}
