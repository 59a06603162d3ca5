package org.virusmnist.training;

/** The loss is no longer a number: training stops where that is noticed. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  private DivergedException(String message, int epoch, int step) {
    super(message);
    this.epoch = epoch;
    this.step = step;
  }

  static DivergedException inStep(int epoch, int step, float rate, double loss, String rateOption) {
    return new DivergedException(
        message("loss", epoch, step, rate, loss) + rateOption + ".", epoch, step);
  }

  static DivergedException inValidation(
      TrainingState state, float rate, double loss, String rateOption) {
    String message = message("validation loss", state.epoch(), state.step(), rate, loss);
    return new DivergedException(message + rateOption + ".", state.epoch(), state.step());
  }

  /**
   * Returns what ends a search in which no trial is left.
   *
   * @param trials how many there were
   */
  public static DivergedException inAllTrials(int trials) {
    return new DivergedException(
        "all %d trials diverged, expected one with a finite loss. Search smaller learning rates."
            .formatted(trials),
        0,
        0);
  }

  private static String message(String what, int epoch, int step, float rate, double loss) {
    return "epoch %d, step %d: %s is %s at learning rate %s, expected a finite number. Use a smaller "
        .formatted(epoch, step, what, loss, rate);
  }

  /** Returns the epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /**
   * Returns the step whose loss was not finite; the steps of the epoch when validation noticed.
   *
   * @return the step in its epoch, from 0: the weights before it were bad already
   */
  public int step() {
    return step;
  }
}
