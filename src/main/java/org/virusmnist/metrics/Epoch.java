package org.virusmnist.metrics;

/**
 * What one pass over the training rows achieved, in Keras's words.
 *
 * <p>Losses are mean cross-entropies in nats; accuracies are shares from 0 to 1. A loss may be NaN
 * or infinite, so that a diverged epoch can still be written down. Both validation values are NaN
 * when nothing was validated.
 *
 * @param epoch number of the epoch, counted from 0 as Keras's CSVLogger does
 * @param loss row-weighted mean of the step losses
 * @param accuracy share of training rows that were right when their step ran
 * @param valLoss mean loss of the validation rows after the epoch
 * @param valAccuracy share of validation rows that were right after the epoch
 */
public record Epoch(int epoch, double loss, double accuracy, double valLoss, double valAccuracy) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the epoch is negative or an accuracy is outside 0 to 1
   */
  public Epoch {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch is " + epoch + ", expected 0 or more");
    }
    requireShare("accuracy", accuracy);
    if (!Double.isNaN(valAccuracy)) {
      requireShare("val_accuracy", valAccuracy);
    }
  }

  /**
   * Returns an epoch without validation.
   *
   * @param epoch number of the epoch, from 0
   * @param loss row-weighted mean of the step losses
   * @param accuracy share of training rows that were right
   */
  public static Epoch unvalidated(int epoch, double loss, double accuracy) {
    return new Epoch(epoch, loss, accuracy, Double.NaN, Double.NaN);
  }

  /** Whether validation rows were evaluated after this epoch. */
  public boolean hasValidation() {
    return !Double.isNaN(valAccuracy);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 0 to 1");
    }
  }
}
