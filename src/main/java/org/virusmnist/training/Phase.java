package org.virusmnist.training;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * A part of training with its own settings: the epochs of the head, or those of the base.
 *
 * <p>Epochs are numbered on from the phase before; schedules begin anew.
 *
 * @param options epochs of this phase, batch size, learning rate, order
 * @param firstEpoch number of its first epoch, from 0
 * @param epochsInAll epochs of all phases, to be shown
 * @param rateFactor what the scheduled learning rate is multiplied by in the epoch that begins
 * @param isOver asked after every epoch: whether the phase ends early
 * @param rateOption the option that sets the learning rate, for messages
 */
public record Phase(
    TrainingOptions options,
    int firstEpoch,
    int epochsInAll,
    DoubleSupplier rateFactor,
    BooleanSupplier isOver,
    String rateOption) {

  /**
   * Returns the phase of a training that has one.
   *
   * @param options its settings
   */
  public static Phase only(TrainingOptions options) {
    return new Phase(options, 0, options.epochs(), () -> 1, () -> false, "--learning-rate");
  }

  /** Whether there is an epoch left to run. */
  boolean goesOn(int epoch) {
    return epoch < firstEpoch + options.epochs() && !isOver.getAsBoolean();
  }

  /** Returns the learning rate of a step of an epoch that has so many steps. */
  float rate(int epoch, int step, int stepsInEpoch) {
    long steps = (long) options.epochs() * stepsInEpoch;
    long done = (long) (epoch - firstEpoch) * stepsInEpoch + step;
    double full = options.learningRate() * rateFactor.getAsDouble();
    return options.schedule().rate((float) full, done, steps);
  }
}
