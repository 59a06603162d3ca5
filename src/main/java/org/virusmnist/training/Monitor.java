package org.virusmnist.training;

import java.util.function.ToDoubleFunction;
import org.virusmnist.metrics.Epoch;

/** The score of an epoch that early stopping and plateaus go by, in Keras's words. */
public enum Monitor {
  /** Mean loss of the validation rows. */
  VAL_LOSS(Epoch::valLoss),
  /** Share of the validation rows that were right. */
  VAL_ACCURACY(epoch -> -epoch.valAccuracy()),
  /** Mean loss of the training steps. */
  LOSS(Epoch::loss),
  /** Share of the training rows that were right when their step ran. */
  ACCURACY(epoch -> -epoch.accuracy());

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final ToDoubleFunction<Epoch> cost;

  Monitor(ToDoubleFunction<Epoch> cost) {
    this.cost = cost;
  }

  /** Returns the score with the sign that makes less better. */
  double cost(Epoch epoch) {
    return cost.applyAsDouble(epoch);
  }
}
