package org.virusmnist.training;

/** The loss is no longer a number: training stops where that is noticed. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  DivergedException(int epoch, int step, float learningRate, double loss) {
    this("loss", epoch, step, learningRate, loss);
  }

  private DivergedException(String what, int epoch, int step, float learningRate, double loss) {
    super(
        "epoch %d, step %d: %s is %s at learning rate %s, expected a finite number."
                .formatted(epoch, step, what, loss, learningRate)
            + " Use a smaller --learning-rate.");
    this.epoch = epoch;
    this.step = step;
  }

  static DivergedException inValidation(int epoch, int step, float learningRate, double loss) {
    return new DivergedException("validation loss", epoch, step, learningRate, loss);
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
