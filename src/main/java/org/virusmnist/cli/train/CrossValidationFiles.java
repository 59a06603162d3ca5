package org.virusmnist.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.virusmnist.cli.console.PhaseTimes;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.FileRows;
import org.virusmnist.cli.input.ReadingOptions;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.session.ResultPrinter;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.Bootstrap;
import org.virusmnist.metrics.ClassificationReport;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.GroupBootstrap;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Spread;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.BaselinesCsv;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.report.RunDirectory;

/**
 * What all folds give together: the files of a run, drawn from the predictions of held-out rows,
 * and {@code cross_validation.json}.
 */
final class CrossValidationFiles {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 0);

  private final OpenRun run;
  private final RunDirectory directory;
  private final ImageSet images;
  private final ClassNames names;
  private final Groups groups;
  private final ReadingOptions reading;

  CrossValidationFiles(
      OpenRun run, ImageSet images, ClassNames names, Groups groups, ReadingOptions reading) {
    this.reading = reading;
    this.run = run;
    this.directory = run.directory();
    this.images = images;
    this.names = names;
    this.groups = groups;
  }

  /** A score of an evaluation and how it is called. */
  private record Named(String key, String title, ToDoubleFunction<ConfusionMatrix> of) {}

  private static final List<Named> SCORES =
      List.of(
          new Named("accuracy", "accuracy", ConfusionMatrix::accuracy),
          new Named("macro_f1", "macro F1", matrix -> report(matrix).macro().f1()),
          new Named(
              "balanced_accuracy",
              "balanced accuracy",
              matrix -> report(matrix).balancedAccuracy()));

  private static ClassificationReport report(ConfusionMatrix matrix) {
    return ClassificationReport.of(matrix);
  }

  void write(List<FoldRecord> folds, PhaseTimes times, PrintWriter out) throws IOException {
    List<PredictionBatch> all = new ArrayList<>();
    folds.forEach(fold -> all.addAll(fold.predictions()));
    all.sort(Comparator.comparingLong(batch -> batch.row(0)));
    TestScores scores = TestScores.of(all, names.size());
    Map<String, Interval> intervals = intervals(all);
    ConfigJson.write(directory.crossValidation(), summary(folds, scores.evaluation(), intervals));
    List<BaselineScore> baselines = baselines(folds);
    if (!baselines.isEmpty()) {
      BaselinesCsv.write(directory.baselines(), baselines);
    }
    FileRows rows = FileRows.all(new CachedImages(images, null, false, null));
    RunFiles files = new RunFiles(run, new DataOptions.Rows(rows, rows, rows, names, null));
    files.writeHistory(new HistoryTable(meanHistory(folds), List.of()));
    files.writeScores(scores, null, reading.values(all, names.size()));
    files.drawSamples();
    files.drawCharts();
    times.end("write");
    files.drawPage(times.soFar());
    new ResultPrinter(out, names).print("Held-out", scores.evaluation());
    reading.print(all, names.size(), out);
    print(out, folds, intervals);
    BaselineTable.print(baselines, out);
    out.println("Wrote " + directory.root());
  }

  private Map<String, Interval> intervals(List<PredictionBatch> all) {
    ConfusionMatrix.Counter[] counters = new ConfusionMatrix.Counter[groups.count()];
    for (int group = 0; group < counters.length; group++) {
      counters[group] = new ConfusionMatrix.Counter(names.size());
    }
    for (PredictionBatch row : all) {
      int group = groups.of(Math.toIntExact(row.row(0)));
      counters[group].add(row.label(0), row.predicted(0));
    }
    ConfusionMatrix[] counts = new ConfusionMatrix[counters.length];
    for (int group = 0; group < counts.length; group++) {
      counts[group] = counters[group].matrix();
    }
    GroupBootstrap bootstrap = new GroupBootstrap(counts, BOOTSTRAP);
    Map<String, Interval> intervals = new LinkedHashMap<>();
    SCORES.forEach(score -> intervals.put(score.key(), bootstrap.interval95(score.of())));
    return intervals;
  }

  private Map<String, Object> summary(
      List<FoldRecord> folds, Evaluation all, Map<String, Interval> intervals) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folds", folds.size());
    json.put("rows", all.rows());
    json.put("groups", groups.count());
    for (Named score : SCORES) {
      Spread spread = spread(folds, fold -> score.of().applyAsDouble(fold.evaluation().matrix()));
      Map<String, Object> entry = entry(spread);
      entry.put("all_rows", score.of().applyAsDouble(all.matrix()));
      Interval interval = intervals.getOrDefault(score.key(), new Interval(0, 1));
      entry.put("interval_95_over_groups", List.of(interval.low(), interval.high()));
      json.put(score.key(), entry);
    }
    json.put("top3_accuracy", entry(spread(folds, fold -> fold.evaluation().top3Accuracy())));
    json.put("loss", entry(spread(folds, fold -> fold.evaluation().loss())));
    json.put(
        "expected_calibration_error",
        entry(spread(folds, fold -> fold.summary().calibrationError())));
    json.put(
        "expected_calibration_error_scaled",
        entry(spread(folds, fold -> fold.summary().scaledCalibrationError())));
    json.put("temperature", entry(spread(folds, fold -> fold.summary().temperature())));
    json.put("per_fold", folds.stream().map(CrossValidationFiles::perFold).toList());
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
    Evaluation evaluation = fold.evaluation();
    SCORES.forEach(score -> json.put(score.key(), score.of().applyAsDouble(evaluation.matrix())));
    json.put("seconds", fold.summary().seconds());
    return json;
  }

  private static Spread spread(List<FoldRecord> folds, ToDoubleFunction<FoldRecord> value) {
    return Spread.of(folds.stream().mapToDouble(value).toArray());
  }

  private static Map<String, Object> entry(Spread spread) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("mean", spread.mean());
    entry.put("standard_deviation", spread.deviation());
    return entry;
  }

  /** Returns each baseline's mean over the folds, and all of its time. */
  private static List<BaselineScore> baselines(List<FoldRecord> folds) {
    List<BaselineScore> means = new ArrayList<>();
    for (int i = 0; i < folds.get(0).baselines().size(); i++) {
      int model = i;
      List<BaselineScore> all = folds.stream().map(fold -> fold.baselines().get(model)).toList();
      means.add(
          new BaselineScore(
              all.get(0).model(),
              mean(all, BaselineScore::accuracy),
              mean(all, BaselineScore::macroF1),
              mean(all, BaselineScore::balancedAccuracy),
              mean(all, BaselineScore::top3Accuracy),
              folds.size() * mean(all, BaselineScore::seconds)));
    }
    return means;
  }

  private static double mean(List<BaselineScore> scores, ToDoubleFunction<BaselineScore> value) {
    return scores.stream().mapToDouble(value).average().orElse(0);
  }

  /** Returns the mean of all folds for each epoch that all of them have run. */
  private static History meanHistory(List<FoldRecord> folds) {
    int epochs = folds.stream().mapToInt(fold -> fold.history().size()).min().orElse(0);
    List<Epoch> means = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      int epoch = i;
      List<Epoch> all = folds.stream().map(fold -> fold.history().epochs().get(epoch)).toList();
      means.add(
          new Epoch(
              epoch,
              all.stream().mapToDouble(Epoch::loss).average().orElse(0),
              all.stream().mapToDouble(Epoch::accuracy).average().orElse(0),
              all.stream().mapToDouble(Epoch::valLoss).average().orElse(0),
              all.stream().mapToDouble(Epoch::valAccuracy).average().orElse(0)));
    }
    return new History(means);
  }

  private static void print(
      PrintWriter out, List<FoldRecord> folds, Map<String, Interval> intervals) {
    TextTable table =
        new TextTable("lrrrr").row("over folds", "mean", "deviation", "95 % interval", "");
    for (Named score : SCORES) {
      Spread spread = spread(folds, fold -> score.of().applyAsDouble(fold.evaluation().matrix()));
      Interval interval = intervals.getOrDefault(score.key(), new Interval(0, 1));
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
