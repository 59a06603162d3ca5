package org.virusmnist.metrics;

import java.util.List;

/**
 * What is left when a model may say that it is unsure (selective classification, El-Yaniv and
 * Wiener 2010): one point of the {@link CoverageCurve}.
 *
 * @param threshold probability of the predicted class from which a prediction counts, those of a
 *     row adding up to 1
 * @param rows rows in all
 * @param sure rows that reach the threshold
 * @param correct rows that reach it and are right
 */
public record Selection(double threshold, long rows, long sure, long correct) {

  /**
   * Counts rows.
   *
   * @param batches predictions with labels
   * @param threshold from 0 to 1
   */
  public static Selection of(List<PredictionBatch> batches, double threshold) {
    long rows = 0;
    long sure = 0;
    long correct = 0;
    for (PredictionBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        boolean isSure = batch.normalizedConfidence(i) >= threshold;
        rows++;
        sure += isSure ? 1 : 0;
        correct += isSure && batch.isCorrect(i) ? 1 : 0;
      }
    }
    return new Selection(threshold, rows, sure, correct);
  }

  /** Share of the rows that reach the threshold. */
  public double coverage() {
    return Ratio.of(sure, rows);
  }

  /** Share of those that are right; 0 where there are none. */
  public double accuracy() {
    return Ratio.of(correct, sure);
  }
}
