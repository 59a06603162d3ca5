package org.virusmnist.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What one temperature, fitted on rows that the model did not train on, does to probabilities.
 *
 * @param scaling the temperature
 * @param validationRows rows it was fitted on
 * @param before calibration of the test rows as the model gives them
 * @param after calibration of the same rows scaled
 */
public record Scaled(
    TemperatureScaling scaling, long validationRows, Calibration before, Calibration after) {
  /**
   * Applies a temperature.
   *
   * @param scaling the temperature
   * @param validationRows rows it was fitted on
   * @param test predictions to judge it by, with labels
   */
  public static Scaled of(
      TemperatureScaling scaling, long validationRows, List<PredictionBatch> test) {
    List<PredictionBatch> scaled = new ArrayList<>();
    test.forEach(batch -> scaled.add(apply(scaling, batch)));
    return new Scaled(scaling, validationRows, calibration(test), calibration(scaled));
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
