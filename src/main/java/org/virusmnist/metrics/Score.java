package org.virusmnist.metrics;

/**
 * Loss and accuracy over some rows.
 *
 * @param loss mean cross-entropy, natural logarithm
 * @param accuracy share of rows whose most probable class is the label
 */
public record Score(double loss, double accuracy) {

  /**
   * Scores rows in one go.
   *
   * @param scores losses and probabilities of N rows
   * @param labels true class of each row [N]
   * @return their mean loss and accuracy
   */
  public static Score of(BatchScores scores, int[] labels) {
    Counter counter = new Counter();
    counter.add(scores, labels);
    return counter.score();
  }

  /** Sums over batches of any size. */
  public static final class Counter {
    private double lossSum;
    private long correct;
    private long rows;

    /** Creates a counter of no rows. */
    public Counter() {}

    /**
     * Adds a batch.
     *
     * @param scores losses and probabilities of N rows
     * @param labels true class of each row [N]
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public void add(BatchScores scores, int[] labels) {
      float[] losses = scores.losses();
      if (losses.length != labels.length) {
        throw new IllegalArgumentException(
            "%d labels for %d rows, expected as many of both"
                .formatted(labels.length, losses.length));
      }
      int classCount = scores.probabilities().length / losses.length;
      for (int row = 0; row < labels.length; row++) {
        lossSum += losses[row];
        if (largest(scores.probabilities(), row * classCount, classCount) == labels[row]) {
          correct++;
        }
      }
      rows += labels.length;
    }

    /** The first of the largest values, as numpy's argmax. */
    private static int largest(float[] values, int from, int count) {
      int best = 0;
      for (int i = 1; i < count; i++) {
        if (values[from + i] > values[from + best]) {
          best = i;
        }
      }
      return best;
    }

    /**
     * Returns the means over all rows added.
     *
     * @return the score
     * @throws IllegalStateException if no row was added
     */
    public Score score() {
      if (rows == 0) {
        throw new IllegalStateException("no row was scored, expected 1 or more");
      }
      return new Score(lossSum / rows, (double) correct / rows);
    }
  }
}
