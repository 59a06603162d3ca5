package org.virusmnist.training;

/** The loss is no longer a number: training stops where that is noticed. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch, long step, float learningRate, float loss) {
    super(
        "epoch %d, step %d: loss is %s at learning rate %s, expected a finite number."
                .formatted(epoch, step, loss, learningRate)
            + " Use a smaller --learning-rate.");
  }
}
