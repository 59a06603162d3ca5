package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Mistakes;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.ReliabilityBin;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.EvaluationResult;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.HistoryColumn;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RowImages;
import org.virusmnist.report.RunDetails;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;
import org.virusmnist.report.TrainScore;

/** A run of four test rows and three classes: row 0 right, rows 1 to 3 of class 1, one of them. */
final class RunExample {
  static final List<String> NAMES = List.of("benign", "go_windows", "2");

  private RunExample() {}

  static RunValues run() {
    return run("7", NAMES, 42);
  }

  static RunValues run(String name, List<String> classNames, int seed) {
    PredictionBatch batch = batch();
    Evaluator evaluator = new Evaluator(3);
    evaluator.add(batch, new float[] {0.5f, 0.25f, 2, 1.25f});
    CoverageCurve.Counter coverage = new CoverageCurve.Counter(100);
    coverage.add(batch);
    Mistakes mistakes = new Mistakes(10);
    mistakes.add(batch);
    RowImages images = new RowImages();
    images.put(2, new byte[1024]);
    return new RunValues(
        name,
        config(seed),
        history(),
        new EvaluationResult(classNames, evaluator.evaluation(), new TrainScore(100, 0.5, 0.875)),
        coverage.curve(),
        mistakes.mostConfidentFirst(),
        images,
        new RunTimes(
            List.of(
                new RunTimes.Phase("read", 0.5, 0),
                new RunTimes.Phase("fit", 1.5, 3000),
                new RunTimes.Phase("dance", 0, 5))),
        new JsonTree(null),
        Explanations.none(),
        List.of(),
        RunDetails.none());
  }

  /** The same run, its thresholds compared with calibrated probabilities. */
  static RunValues calibrated(RunValues run) {
    CoverageCurve.Counter coverage = new CoverageCurve.Counter(100, true);
    coverage.add(batch());
    return new RunValues(
        run.name(),
        run.config(),
        run.history(),
        run.result(),
        coverage.curve(),
        run.mistakes(),
        run.images(),
        run.times(),
        run.audit(),
        run.explanations(),
        run.baselines(),
        run.details());
  }

  /** The same run with other rows: counts by true and predicted class. */
  static RunValues with(RunValues run, long[][] counts) {
    List<ReliabilityBin> bins =
        List.of(new ReliabilityBin(0, 0.5, 0, 0, 0), new ReliabilityBin(0.5, 1, 10, 0.9, 0.8));
    List<String> names = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      names.add("c" + c);
    }
    return new RunValues(
        run.name(),
        run.config(),
        run.history(),
        new EvaluationResult(
            names,
            new Evaluation(ConfusionMatrix.of(counts), 0.5, 1, new Calibration(bins, 0.5, 0.25)),
            null),
        run.coverage(),
        List.of(),
        new RowImages(),
        run.times(),
        run.audit(),
        run.explanations(),
        run.baselines(),
        run.details());
  }

  /** The same run with another configuration. */
  static RunValues withConfig(RunValues run, Map<String, Object> config) {
    return new RunValues(
        run.name(),
        new JsonTree(config),
        run.history(),
        run.result(),
        run.coverage(),
        run.mistakes(),
        run.images(),
        run.times(),
        run.audit(),
        run.explanations(),
        run.baselines(),
        run.details());
  }

  /** The same run with values of its evaluation.json, cross_validation.json and contract.json. */
  static RunValues with(
      RunValues run,
      @Nullable Object evaluation,
      @Nullable Object crossValidation,
      @Nullable Object contract) {
    return run.with(
        new RunDetails(
            new JsonTree(evaluation),
            new JsonTree(crossValidation),
            new JsonTree(contract),
            null,
            List.of()));
  }

  /** The same run beside classifiers without a network. */
  static RunValues with(RunValues run, List<BaselineScore> baselines) {
    return new RunValues(
        run.name(),
        run.config(),
        run.history(),
        run.result(),
        run.coverage(),
        run.mistakes(),
        run.images(),
        run.times(),
        run.audit(),
        run.explanations(),
        baselines,
        run.details());
  }

  /** The same run with other audit and explanations, and without pictures and times. */
  static RunValues with(RunValues run, @Nullable Object audit, Explanations explanations) {
    return new RunValues(
        run.name(),
        run.config(),
        run.history(),
        run.result(),
        run.coverage(),
        run.mistakes(),
        new RowImages(),
        null,
        new JsonTree(audit),
        explanations,
        run.baselines(),
        run.details());
  }

  private static PredictionBatch batch() {
    return PredictionBatch.of(
            0,
            3,
            new float[] {
              0.5f, 0.25f, 0.25f, 0.25f, 0.75f, 0, 0.75f, 0.125f, 0.125f, 0.125f, 0.25f, 0.625f
            })
        .withLabels(new int[] {0, 1, 1, 1})
        .withHashes(new String[] {"aa", "bb", "cc", ""});
  }

  private static JsonTree config(int seed) {
    return new JsonTree(
        Map.of(
            "started", "2026-11-23T15:00:00Z",
            "options", Map.of("seed", seed, "batch_size", 32),
            "data", Map.of("test", Map.of("file", "test.csv", "sha256", "abc", "rows", 4)),
            "model", Map.of("directory", "tiny", "sha256", "def", "features", 8, "classes", 3),
            "device", "CPU:0",
            "environment",
                Map.of(
                    "virus_mnist",
                    "0.1.0",
                    "revision",
                    "1234",
                    "processor",
                    "Z80",
                    "processors",
                    2)));
  }

  private static HistoryTable history() {
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      epochs.add(new Epoch(i, 1.0 / (i + 1), 0.5, 1.2, 0.25 * i));
    }
    return new HistoryTable(
        new History(epochs),
        List.of(new HistoryColumn("images_per_second", List.of(100.0, 900.0, 1000.0))));
  }
}
