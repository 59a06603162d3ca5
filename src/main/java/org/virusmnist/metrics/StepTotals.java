package org.virusmnist.metrics;

/**
 * Loss and accuracy of the training steps so far, weighted by rows as in a Keras history.
 *
 * <p>For one thread.
 */
public final class StepTotals {
  private final RunningMean loss = new RunningMean();
  private long correct;

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
