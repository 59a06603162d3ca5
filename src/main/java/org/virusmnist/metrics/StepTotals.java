package org.virusmnist.metrics;

/**
 * Loss and accuracy of the training steps so far, weighted by rows as in a Keras history.
 *
 * <p>For one thread.
 */
public final class StepTotals {
  private final RunningMean loss;
  private long correct;

  /** Starts without a step. */
  public StepTotals() {
    this(Sums.ZERO);
  }

  /**
   * Goes on from sums that were taken earlier, to the bit.
   *
   * @param sums what {@link #sums} returned
   */
  public StepTotals(Sums sums) {
    this.loss = new RunningMean(sums.weightedLoss(), sums.rows());
    this.correct = sums.correct();
  }

  /**
   * What totals consist of, to be written down.
   *
   * @param weightedLoss sum over steps of loss times rows
   * @param rows rows seen
   * @param correct rows that were right
   */
  public record Sums(double weightedLoss, long rows, long correct) {
    /** The sums before the first step. */
    public static final Sums ZERO = new Sums(0, 0, 0);
  }

  /** Returns the sums so far. */
  public Sums sums() {
    return new Sums(loss.weightedSum(), loss.weight(), correct);
  }

  /**
   * Adds one step.
   *
   * @param stepLoss mean loss of the step's rows
   * @param stepCorrect rows of the step that were right
   * @param stepRows rows of the step; 0 for a step of padding alone, which changes nothing
   * @throws IllegalArgumentException if more rows are right than there are, or a count is negative
   */
  public void add(double stepLoss, int stepCorrect, int stepRows) {
    if (stepCorrect < 0 || stepCorrect > stepRows) {
      throw new IllegalArgumentException(
          stepCorrect + " of " + stepRows + " rows are correct, expected 0 to " + stepRows);
    }
    loss.add(stepLoss, stepRows);
    correct += stepCorrect;
  }

  /** Rows seen so far. */
  public long rows() {
    return loss.weight();
  }

  /** Returns the row-weighted mean of the step losses; 0 before the first row. */
  public double loss() {
    return loss.mean();
  }

  /** Returns the share of rows that were right; 0 before the first row. */
  public double accuracy() {
    return rows() == 0 ? 0 : (double) correct / rows();
  }
}
