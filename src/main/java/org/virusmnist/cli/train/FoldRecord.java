package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.BaselinesCsv;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.report.PredictionsCsv;
import org.virusmnist.storage.AtomicDirectory;

/**
 * What one fold has given, in a directory of its own: a run that was stopped goes on after it.
 *
 * @param summary counts and calibration
 * @param history its epochs
 * @param predictions of its held-out rows, numbered as in the training file, each a batch of one
 * @param baselines scores on the same rows; empty where they were not asked for
 */
record FoldRecord(
    Summary summary,
    History history,
    List<PredictionBatch> predictions,
    List<BaselineScore> baselines) {

  /**
   * {@code fold.json}.
   *
   * @param fold its number, from 1
   * @param groups groups that were held out
   * @param trainRows rows trained on
   * @param validationRows rows validated on
   * @param rows rows held out
   * @param temperature fitted on the validation rows
   * @param calibrationError expected calibration error of the held-out rows
   * @param scaledCalibrationError the same with that temperature
   * @param seconds time to train and score
   */
  record Summary(
      int fold,
      int groups,
      int trainRows,
      int validationRows,
      int rows,
      double temperature,
      double calibrationError,
      double scaledCalibrationError,
      double seconds) {}

  static boolean isThere(Path directory) {
    return Files.isDirectory(directory);
  }

  /** Writes the directory, whole or not at all. */
  void write(Path directory, int classCount) throws IOException {
    AtomicDirectory.write(
        directory,
        inside -> {
          ConfigJson.write(inside.resolve("fold.json"), summary);
          HistoryCsv.write(inside.resolve("history.csv"), new HistoryTable(history, List.of()));
          PredictionsCsv.write(inside.resolve("predictions.csv"), classCount, predictions);
          if (!baselines.isEmpty()) {
            BaselinesCsv.write(inside.resolve("baselines.csv"), baselines);
          }
        });
  }

  static FoldRecord read(Path directory) throws IOException {
    List<PredictionBatch> predictions = new ArrayList<>();
    PredictionsCsv.read(directory.resolve("predictions.csv"), predictions::add);
    Path baselines = directory.resolve("baselines.csv");
    return new FoldRecord(
        ConfigJson.read(directory.resolve("fold.json"), Summary.class),
        HistoryCsv.read(directory.resolve("history.csv")).history(),
        predictions,
        Files.exists(baselines) ? BaselinesCsv.read(baselines) : List.of());
  }

  Evaluation evaluation() {
    return TestScores.of(predictions, predictions.get(0).classCount()).evaluation();
  }
}
