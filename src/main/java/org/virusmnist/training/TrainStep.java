package org.virusmnist.training;

import org.virusmnist.metrics.StepResults;

/** Runs consecutive training steps in one call. */
@FunctionalInterface
public interface TrainStep {
  /**
   * Changes the weights once per step.
   *
   * @param chunk rows and learning rates of the steps
   * @return loss and correct count of each step, in order
   */
  StepResults run(StepChunk chunk);
}
