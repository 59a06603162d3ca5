package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.CoveragePoint;
import org.virusmnist.metrics.ReliabilityBin;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * How far probabilities can be taken at their word.
 *
 * @param verdict the most useful number in words
 * @param calibration how far probabilities are off
 * @param temperature what one temperature changes, empty where there is none
 * @param warnings predictions that are often wrong
 * @param thresholds what is left from some probabilities on
 * @param coverage what is left, by any probability
 * @param reliability of the probabilities, and of those with the temperature where there is one
 */
record TrustView(
    String verdict,
    String calibration,
    String temperature,
    List<String> warnings,
    List<Threshold> thresholds,
    Plot coverage,
    List<Plot> reliability) {
  private static final double SURE = 0.8;
  private static final List<Double> SHOWN = List.of(0.5, 0.7, SURE, 0.9, 0.95);

  /** Predictions of a class that are right less often than this are warned of. */
  private static final double LOW_PRECISION = 0.5;

  /** Differences that round to less than this are none. */
  private static final double NEGLIGIBLE = 0.01;

  /**
   * What is left when predictions below a probability do not count.
   *
   * @param probability the smallest one that counts
   * @param coverage share of all rows
   * @param accuracy share of those that are right
   */
  record Threshold(String probability, String coverage, String accuracy) {}

  static TrustView of(RunValues run) {
    Calibration calibration = run.result().evaluation().calibration();
    Calibration calibrated = run.details().calibrated();
    List<Plot> plots = new ArrayList<>();
    plots.add(Curves.reliability("Reliability: bars are the share right", calibration));
    if (calibrated != null) {
      plots.add(Curves.reliability("Reliability with the temperature", calibrated));
    }
    return new TrustView(
        verdict(run),
        calibration(calibration),
        temperature(run, calibration),
        warnings(run),
        SHOWN.stream().map(threshold -> threshold(run, threshold)).toList(),
        Curves.coverage(run.coverage(), probability(run)),
        plots);
  }

  /** Returns the tile; null where no prediction is that sure. */
  static @Nullable Tile tile(RunValues run) {
    CoveragePoint sure = at(run, SURE);
    return sure == null
        ? null
        : new Tile(
            "How far to trust it",
            Text.percent(sure.accuracy()) + " right",
            "of the predictions with a %s of 80 %% or more, %s of the rows"
                .formatted(probability(run), Text.percent(sure.coverage())),
            sure.accuracy() < 0.9);
  }

  static String verdict(RunValues run) {
    CoveragePoint sure = at(run, SURE);
    return sure == null
        ? "No prediction has a %s of 80 %% or more.".formatted(probability(run))
        : "Where its %s is 80 %% or more the model is right in %s of cases; that holds for %s of the rows."
            .formatted(
                probability(run), Text.percent(sure.accuracy()), Text.percent(sure.coverage()));
  }

  /** Returns what thresholds are compared with. */
  static String probability(RunValues run) {
    JsonTree scaling = run.details().evaluation().at("temperature_scaling");
    boolean isChanged = scaling.at("temperature").number() != 1; // a fold each has its own
    return run.coverage().isCalibrated() && isChanged ? "calibrated probability" : "probability";
  }

  /** Returns how far probabilities are off, and in which direction. */
  static String calibration(Calibration calibration) {
    double bias = 0;
    for (ReliabilityBin bin : calibration.bins()) {
      bias += bin.rows() * (bin.confidence() - bin.accuracy());
    }
    bias /= Math.max(1, calibration.rows());
    String direction =
        Math.abs(bias) < NEGLIGIBLE
            ? "on the whole neither too sure nor too modest"
            : "on the whole %s by %s"
                .formatted(bias > 0 ? "too sure" : "too modest", Text.points(Math.abs(bias)));
    return "Probabilities are off by %s on average (expected calibration error), %s; Brier score %s and negative log-likelihood %s, 0 being perfect."
        .formatted(
            Text.points(calibration.expectedError()),
            direction,
            Text.score(calibration.brierScore()),
            Text.score(calibration.negativeLogLikelihood()));
  }

  /** Returns what the temperature does to the test rows, empty where there is none. */
  static String temperature(RunValues run, Calibration before) {
    JsonTree scaling = run.details().evaluation().at("temperature_scaling");
    double error = scaling.at("expected_calibration_error").number();
    double likelihood = scaling.at("negative_log_likelihood").number();
    if (!Double.isFinite(error + likelihood)) {
      return "";
    }
    if (scaling.at("temperature").number() == 1) {
      return notSharpened(scaling);
    }
    boolean isCloser = error < before.expectedError();
    boolean isLikelier = likelihood < before.negativeLogLikelihood();
    String verdict =
        isCloser == isLikelier
            ? isCloser ? "better by both" : "worse by both, so trust the probabilities as they are"
            : isCloser
                ? "better by the first, worse by the other"
                : "worse by the first, better by the other";
    return String.format(
        Locale.ROOT,
        "With a temperature of %.3f, fitted on %s, calibration error and negative log-likelihood of"
            + " the test rows are %s and %s: %s.",
        scaling.at("temperature").number(),
        Text.rows((long) scaling.at("validation_rows").number()).replace(" row", " validation row"),
        Text.points(error),
        Text.score(likelihood),
        verdict);
  }

  private static String notSharpened(JsonTree scaling) {
    double fitted = scaling.at("fitted_temperature").number();
    return fitted < 1
        ? String.format(
            Locale.ROOT,
            "%s would have the model surer (temperature %.3f). They were drawn row by row and may be of"
                + " the same origin as training rows, so probabilities are left as they are.",
            Text.rows((long) scaling.at("validation_rows").number())
                .replace(" row", " validation row"),
            fitted)
        : "";
  }

  /** Returns a warning for every class whose predictions are wrong more often than right. */
  static List<String> warnings(RunValues run) {
    ConfusionMatrix matrix = run.result().evaluation().matrix();
    List<String> warnings = new ArrayList<>();
    for (int c = 0; c < matrix.classCount(); c++) {
      long predicted = matrix.predictedCount(c);
      if (predicted > 0 && matrix.count(c, c) < LOW_PRECISION * predicted) {
        warnings.add(
            "Doubt %s: of the %s called that, %s right."
                .formatted(run.label(c), Text.rows(predicted), right(matrix.count(c, c))));
      }
    }
    return warnings;
  }

  private static String right(long count) {
    return count == 0 ? "none is" : count == 1 ? "one is" : Text.count(count) + " are";
  }

  private static Threshold threshold(RunValues run, double threshold) {
    CoveragePoint point = at(run, threshold);
    return new Threshold(
        String.format(Locale.ROOT, "%.0f %%", 100 * threshold),
        Text.percent(point == null ? 0 : point.coverage()),
        Text.percent(point == null ? Double.NaN : point.accuracy()));
  }

  /** Returns the curve's point at a probability, or null where no row reaches it. */
  private static @Nullable CoveragePoint at(RunValues run, double threshold) {
    return run.coverage().points().stream()
        .filter(point -> Math.abs(point.threshold() - threshold) < 1e-9)
        .findFirst()
        .orElse(null);
  }
}
