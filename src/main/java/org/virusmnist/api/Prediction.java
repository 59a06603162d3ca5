package org.virusmnist.api;

import java.util.Objects;
import java.util.OptionalDouble;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.VerdictRule;

/** What a model says of one image. Immutable. */
public final class Prediction {
  private final PredictionBatch row;
  private final String name;
  private final OptionalDouble calibrated;

  Prediction(PredictionBatch row, String name, OptionalDouble calibrated) {
    this.row = row;
    this.name = name;
    this.calibrated = calibrated;
  }

  /**
   * Returns the most probable class.
   *
   * @return its label, from 0
   */
  public int label() {
    return row.predicted(0);
  }

  /**
   * Returns the name of the most probable class.
   *
   * @return as in the {@code classes.csv} of the training
   */
  public String name() {
    return name;
  }

  /**
   * Returns the probability of a class as the model gives it, which is what {@code predictions.csv}
   * has.
   *
   * @param label the class, from 0
   * @return 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float probability(int label) {
    return row.probability(0, Objects.checkIndex(label, row.classCount()));
  }

  /**
   * Returns the probability of the most probable class, calibrated on the validation rows of the
   * training.
   *
   * @return 0 to 1; empty if the model was trained before its temperature was kept
   */
  public OptionalDouble calibratedProbability() {
    return calibrated;
  }

  /**
   * Returns the name, or the admission that the model does not know.
   *
   * @param unsureBelow least calibrated probability of a name, 0 to 1
   * @return {@link #name}, or {@code unsure} where the calibrated probability is lower or not known
   */
  public String verdict(double unsureBelow) {
    return calibrated.orElse(-1) >= unsureBelow ? name : VerdictRule.UNSURE;
  }
}
