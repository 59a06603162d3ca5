package org.virusmnist.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of labelled rows, and the same calibrated where a temperature is known.
 *
 * @param given as the model gives them
 * @param calibrated the same rows with scaled probabilities, or null where no temperature is known:
 *     of an ensemble, or of a model as it was exported
 */
public record Predictions(List<PredictionBatch> given, @Nullable List<PredictionBatch> calibrated) {
  /**
   * Calibrates predictions.
   *
   * @param given with labels
   * @param scaling the model's temperature, or null if it has none
   */
  public static Predictions of(List<PredictionBatch> given, @Nullable TemperatureScaling scaling) {
    return new Predictions(given, scaling == null ? null : Scaled.apply(scaling, given));
  }

  /** Whether {@link #toJudge} is calibrated. */
  public boolean isCalibrated() {
    return calibrated != null;
  }

  /**
   * Returns the predictions whose probabilities a threshold is compared with: calibrated ones where
   * there are any, as {@link VerdictRule} compares them.
   */
  public List<PredictionBatch> toJudge() {
    return calibrated == null ? given : calibrated;
  }
}
