package org.virusmnist.training;

import org.virusmnist.metrics.History;
import org.virusmnist.metrics.StepTotals;

/**
 * Where training stands between two calls: with the weights of that moment, all it takes to go on.
 *
 * @param epoch the epoch that is running, from 0; the number of epochs when all are done
 * @param step steps of that epoch that are done
 * @param sums what those steps added up to
 * @param seconds time they took
 * @param history the epochs before
 */
public record TrainingState(
    int epoch, int step, StepTotals.Sums sums, double seconds, History history) {

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if a count is negative or the history is of other epochs
   */
  public TrainingState {
    if (epoch < 0 || step < 0) {
      throw new IllegalArgumentException(
          "epoch is %d and step is %d, expected 0 or more".formatted(epoch, step));
    }
    if (history.size() != epoch) {
      throw new IllegalArgumentException(
          "the history has %d epochs at epoch %d, expected as many"
              .formatted(history.size(), epoch));
    }
  }

  /** Returns the state before the first step. */
  public static TrainingState start() {
    return atStartOf(0, History.empty());
  }

  static TrainingState atStartOf(int epoch, History history) {
    return new TrainingState(epoch, 0, StepTotals.Sums.ZERO, 0, history);
  }

  /** Whether an epoch has just ended, or none has begun. */
  public boolean isBetweenEpochs() {
    return step == 0;
  }
}
