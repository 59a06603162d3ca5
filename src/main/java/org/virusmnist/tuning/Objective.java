package org.virusmnist.tuning;

import java.util.Locale;
import org.virusmnist.metrics.TrialScore;

/** What makes a trial the best. */
public enum Objective {
  /** The highest accuracy. */
  ACCURACY,
  /** The highest macro F1. */
  MACRO_F1,
  /** The lowest loss. */
  LOSS;

  /** Returns a score's value. */
  public double value(TrialScore score) {
    return switch (this) {
      case ACCURACY -> score.accuracy().mean();
      case MACRO_F1 -> score.macroF1().mean();
      case LOSS -> score.loss().mean();
    };
  }

  /** Returns a number that is smaller for a better score. */
  double cost(TrialScore score) {
    return this == LOSS ? value(score) : -value(score);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
