package org.virusmnist.cli.train;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.dataset.Groups;
import org.virusmnist.metrics.Bootstrap;
import org.virusmnist.metrics.ClassificationReport;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.GroupBootstrap;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.PresentClasses;
import org.virusmnist.metrics.Spread;

/**
 * Scores of all folds: mean, deviation and interval over groups, as {@code cross_validation.json}
 * and as a table.
 *
 * <p>A fold, and what is drawn of groups, may have no rows of a small class: macro F1 is the mean
 * over the classes that occur ({@link PresentClasses}).
 */
final class CrossValidationSummary {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 0);
  private static final List<Named> SCORES =
      List.of(
          new Named("accuracy", "accuracy", ConfusionMatrix::accuracy),
          new Named("macro_f1", "macro F1", PresentClasses::macroF1),
          new Named(
              "balanced_accuracy",
              "balanced accuracy",
              matrix -> ClassificationReport.of(matrix).balancedAccuracy()));

  private final List<FoldRecord> folds;
  private final Evaluation all;
  private final int groups;
  private final Map<String, Interval> intervals;

  /** A score of a confusion matrix and how it is called. */
  private record Named(String key, String title, ToDoubleFunction<ConfusionMatrix> of) {}

  private CrossValidationSummary(
      List<FoldRecord> folds, Evaluation all, int groups, Map<String, Interval> intervals) {
    this.folds = folds;
    this.all = all;
    this.groups = groups;
    this.intervals = intervals;
  }

  /**
   * Scores the held-out rows.
   *
   * @param folds one or more
   * @param all the scores of all their rows
   * @param groups to which the rows of the training file belong
   */
  static CrossValidationSummary of(List<FoldRecord> folds, Evaluation all, Groups groups) {
    GroupBootstrap bootstrap =
        new GroupBootstrap(counts(folds, groups, all.matrix().classCount()), BOOTSTRAP);
    Map<String, Interval> intervals = new LinkedHashMap<>();
    SCORES.forEach(score -> intervals.put(score.key(), bootstrap.interval95(score.of())));
    return new CrossValidationSummary(folds, all, groups.count(), intervals);
  }

  private static ConfusionMatrix[] counts(List<FoldRecord> folds, Groups groups, int classCount) {
    ConfusionMatrix.Counter[] counters = new ConfusionMatrix.Counter[groups.count()];
    for (int group = 0; group < counters.length; group++) {
      counters[group] = new ConfusionMatrix.Counter(classCount);
    }
    for (FoldRecord fold : folds) {
      for (PredictionBatch row : fold.predictions()) {
        int group = groups.of(Math.toIntExact(row.row(0)));
        counters[group].add(row.label(0), row.predicted(0));
      }
    }
    ConfusionMatrix[] counts = new ConfusionMatrix[counters.length];
    for (int group = 0; group < counts.length; group++) {
      counts[group] = counters[group].matrix();
    }
    return counts;
  }

  /** Returns what {@code cross_validation.json} says. */
  Map<String, Object> values() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folds", folds.size());
    json.put("rows", all.rows());
    json.put("groups", groups);
    for (Named score : SCORES) {
      Map<String, Object> entry = entry(spread(score));
      entry.put("all_rows", score.of().applyAsDouble(all.matrix()));
      Interval interval = interval(score);
      entry.put("interval_95_over_groups", List.of(interval.low(), interval.high()));
      json.put(score.key(), entry);
    }
    json.put("top3_accuracy", entry(spread(fold -> fold.evaluation().top3Accuracy())));
    json.put("loss", entry(spread(fold -> fold.evaluation().loss())));
    json.put(
        "expected_calibration_error", entry(spread(fold -> fold.summary().calibrationError())));
    json.put(
        "expected_calibration_error_scaled",
        entry(spread(fold -> fold.summary().scaledCalibrationError())));
    json.put("temperature", entry(spread(fold -> fold.summary().temperature())));
    json.put("per_fold", folds.stream().map(CrossValidationSummary::perFold).toList());
    return json;
  }

  private static Map<String, Object> perFold(FoldRecord fold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fold", fold.summary().fold());
    json.put("groups", fold.summary().groups());
    json.put("rows", fold.summary().rows());
    json.put("train_rows", fold.summary().trainRows());
    json.put("validation_rows", fold.summary().validationRows());
    json.put("epochs", fold.history().size());
    ConfusionMatrix matrix = fold.evaluation().matrix();
    json.put("classes_present", PresentClasses.count(matrix));
    SCORES.forEach(score -> json.put(score.key(), score.of().applyAsDouble(matrix)));
    json.put("seconds", fold.summary().seconds());
    return json;
  }

  private Interval interval(Named score) {
    return intervals.getOrDefault(score.key(), new Interval(0, 1));
  }

  private Spread spread(Named score) {
    return spread(fold -> score.of().applyAsDouble(fold.evaluation().matrix()));
  }

  private Spread spread(ToDoubleFunction<FoldRecord> value) {
    return Spread.of(folds.stream().mapToDouble(value).toArray());
  }

  private static Map<String, Object> entry(Spread spread) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("mean", spread.mean());
    entry.put("standard_deviation", spread.deviation());
    return entry;
  }

  /** Prints a row for each score. */
  void print(PrintWriter out) {
    TextTable table =
        new TextTable("lrrrr").row("over folds", "mean", "deviation", "95 % interval", "");
    for (Named score : SCORES) {
      Spread spread = spread(score);
      Interval interval = interval(score);
      table.row(
          score.title(),
          number(spread.mean()),
          number(spread.deviation()),
          number(interval.low()) + " to " + number(interval.high()),
          "of all rows, groups drawn");
    }
    table.print(out);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
