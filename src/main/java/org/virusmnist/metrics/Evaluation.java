package org.virusmnist.metrics;

/**
 * What a model is worth on labelled rows.
 *
 * @param matrix counts, rows true, columns predicted
 * @param loss mean cross-entropy of the rows in nats
 * @param top3Accuracy share of rows whose label is among the three most probable classes
 * @param calibration reliability bins, negative log-likelihood, Brier score
 */
public record Evaluation(
    ConfusionMatrix matrix, double loss, double top3Accuracy, Calibration calibration) {
  /** Number of rows. */
  public long rows() {
    return matrix.total();
  }

  /** Share of rows predicted right, from 0 to 1. */
  public double accuracy() {
    return matrix.accuracy();
  }

  /** 95 % Wilson interval of the accuracy: rows are taken as independent draws. */
  public Interval accuracyInterval() {
    return Interval.wilson95(matrix.correct(), matrix.total());
  }

  /** Plain mean of the F1 of all classes. */
  public double macroF1() {
    return report().macro().f1();
  }

  /** Returns the scores by class and averaged. */
  public ClassificationReport report() {
    return ClassificationReport.of(matrix);
  }
}
