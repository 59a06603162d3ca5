package org.virusmnist.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.console.PhaseTimes;
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
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.TemperatureScaling;
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

  /** Writes the files and prints the same, as text or as JSON. */
  void write(List<FoldRecord> folds, PhaseTimes times, PrintWriter out, JsonOption json)
      throws IOException {
    Predictions predictions = predictions(folds);
    TestScores scores = TestScores.of(predictions.given(), names.size());
    CrossValidationSummary summary = CrossValidationSummary.of(folds, scores.evaluation(), groups);
    Map<String, Object> readings = reading.values(predictions, names.size());
    ConfigJson.write(directory.crossValidation(), summary.values());
    List<BaselineScore> baselines = baselines(folds);
    if (!baselines.isEmpty()) {
      BaselinesCsv.write(directory.baselines(), baselines);
    }
    FileRows rows = FileRows.all(new CachedImages(images, null, false, null));
    RunFiles files = new RunFiles(run, new DataOptions.Rows(rows, rows, rows, names, null));
    files.writeHistory(new HistoryTable(meanHistory(folds), List.of()));
    files.writeScores(scores, null, readings);
    files.drawSamples();
    files.drawCharts();
    times.end("write");
    files.drawPage(times.soFar());
    PrintWriter text = json.textTo(out);
    new ResultPrinter(text, names).print("Held-out", scores.evaluation());
    reading.print(predictions, names.size(), text);
    summary.print(text);
    BaselineTable.print(baselines, text);
    text.println("Wrote " + directory.root());
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("run", directory.root());
    record.putAll(summary.values());
    record.putAll(readings);
    json.print(out, record);
  }

  /** Returns all rows in the order of the file, each calibrated by the temperature of its fold. */
  static Predictions predictions(List<FoldRecord> folds) {
    List<PredictionBatch> given = new ArrayList<>();
    List<PredictionBatch> calibrated = new ArrayList<>();
    for (FoldRecord fold : folds) {
      TemperatureScaling scaling = new TemperatureScaling(fold.summary().temperature());
      given.addAll(fold.predictions());
      fold.predictions().forEach(row -> calibrated.add(Scaled.apply(scaling, row)));
    }
    Comparator<PredictionBatch> byRow = Comparator.comparingLong(batch -> batch.row(0));
    given.sort(byRow);
    calibrated.sort(byRow);
    return new Predictions(given, calibrated);
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
}
