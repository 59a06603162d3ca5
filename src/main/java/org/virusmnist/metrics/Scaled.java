package org.virusmnist.metrics;

import java.util.List;

/**
 * What one temperature, fitted on rows that the model did not train on, does to probabilities.
 *
 * @param scaling the temperature
 * @param fitted the one that was fitted: another where {@link #withoutSharpening} has not believed
 *     it
 * @param validationRows rows it was fitted on
 * @param before calibration of the test rows as the model gives them
 * @param after calibration of the same rows scaled
 */
public record Scaled(
    TemperatureScaling scaling,
    TemperatureScaling fitted,
    long validationRows,
    Calibration before,
    Calibration after) {
  /**
   * Applies a temperature as it was fitted.
   *
   * @param scaling the temperature
   * @param validationRows rows it was fitted on
   * @param test predictions to judge it by, with labels
   */
  public static Scaled of(
      TemperatureScaling scaling, long validationRows, List<PredictionBatch> test) {
    return of(scaling, scaling, validationRows, test);
  }

  /**
   * Applies a temperature of at least 1: for one fitted on rows whose like may be among the
   * training rows ({@link TemperatureScaling#withoutSharpening}).
   *
   * @param fitted the temperature
   * @param validationRows rows it was fitted on
   * @param test predictions to judge it by, with labels
   */
  public static Scaled withoutSharpening(
      TemperatureScaling fitted, long validationRows, List<PredictionBatch> test) {
    return of(fitted.withoutSharpening(), fitted, validationRows, test);
  }

  private static Scaled of(
      TemperatureScaling scaling,
      TemperatureScaling fitted,
      long validationRows,
      List<PredictionBatch> test) {
    return new Scaled(
        scaling, fitted, validationRows, calibration(test), calibration(apply(scaling, test)));
  }

  /** Whether the temperature is another than the one that was fitted. */
  public boolean isLimited() {
    return !scaling.equals(fitted);
  }

  /** Returns predictions as {@link #apply(TemperatureScaling, PredictionBatch)} does, in order. */
  static List<PredictionBatch> apply(TemperatureScaling scaling, List<PredictionBatch> batches) {
    return batches.stream().map(batch -> apply(scaling, batch)).toList();
  }

  /**
   * Returns predictions with scaled probabilities, the same rows and labels.
   *
   * @param scaling the temperature
   * @param batch predictions with labels
   */
  public static PredictionBatch apply(TemperatureScaling scaling, PredictionBatch batch) {
    int classCount = batch.classCount();
    float[] probabilities = new float[batch.size() * classCount];
    int[] labels = new int[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(i);
      for (int c = 0; c < classCount; c++) {
        probabilities[i * classCount + c] = batch.probability(i, c);
      }
    }
    return PredictionBatch.of(
            batch.row(0), classCount, scaling.calibrate(probabilities, classCount))
        .withLabels(labels);
  }

  private static Calibration calibration(List<PredictionBatch> batches) {
    Calibration.Counter counter = new Calibration.Counter(Calibration.DEFAULT_BINS);
    batches.forEach(counter::add);
    return counter.calibration();
  }
}
