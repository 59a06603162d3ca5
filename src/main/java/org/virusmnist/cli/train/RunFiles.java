package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.inspect.Audit;
import org.virusmnist.cli.run.ExplanationFiles;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.run.RunDrawing;
import org.virusmnist.cli.run.RunPictures;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.BaselinesCsv;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.ConfusionMatrixCsv;
import org.virusmnist.report.EvaluationJson;
import org.virusmnist.report.EvaluationResult;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.ModelCard;
import org.virusmnist.report.ModelTraining;
import org.virusmnist.report.PredictionsCsv;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.TrainScore;
import org.virusmnist.storage.DirectoryLock;

/** Writes the files of a training run. */
final class RunFiles {
  private final RunDirectory directory;
  private final DirectoryLock lock;
  private final DataOptions.Rows rows;

  RunFiles(OpenRun run, DataOptions.Rows rows) {
    this.directory = run.directory();
    this.lock = run.lock();
    this.rows = rows;
  }

  RunDirectory directory() {
    return directory;
  }

  /**
   * Makes sure that the directory is still the one the run began in. Every method here that writes
   * does so first: a directory that was removed must not come back with half a run in it.
   */
  void requireHeld() throws IOException {
    lock.requireHeld();
  }

  void writeHistory(HistoryTable table) throws IOException {
    requireHeld();
    HistoryCsv.write(directory.history(), table);
  }

  /** Writes everything that is known of the test rows. */
  void writeScores(TestScores test, @Nullable Score train, Map<String, Object> more)
      throws IOException {
    requireHeld();
    int classCount = rows.classNames().size();
    EvaluationResult result =
        new EvaluationResult(
            rows.classNames().toList(),
            test.evaluation(),
            train == null
                ? null
                : new TrainScore(rows.train().size(), train.loss(), train.accuracy()));
    EvaluationJson.write(directory.evaluation(), result, more);
    ConfusionMatrixCsv.write(directory.confusionMatrix(), result.namedMatrix());
    PredictionsCsv.write(directory.predictions(), classCount, test.batches());
    PredictionsCsv.write(directory.misclassified(), classCount, test.mistakes());
    RunPictures.writeMistakes(directory, rows, test.mistakes());
  }

  void writeBaselines(List<BaselineScore> scores) throws IOException {
    BaselinesCsv.write(directory.baselines(), scores);
  }

  /** Reads what {@link #writeBaselines} has written; nothing where it has not. */
  List<BaselineScore> readBaselines() throws IOException {
    return Files.exists(directory.baselines())
        ? BaselinesCsv.read(directory.baselines())
        : List.of();
  }

  /** Writes which bytes drove the worst mistakes; nothing where there are none. */
  void explainWorst(TestScores test, ClassifierModel model, TrainCommand command, ProgressBar bar)
      throws IOException {
    JsonTree config = new JsonTree(ConfigJson.read(directory.config()));
    Explanations explanations =
        command.worstMistakes().explain(model, command, rows.test(), config, test.mistakes(), bar);
    if (!explanations.rows().isEmpty()) {
      requireHeld();
      new ExplanationFiles(directory.root(), rows.classNames()).write(explanations);
    }
  }

  void drawSamples() throws IOException {
    requireHeld();
    RunPictures.writeSamples(directory, rows);
    RunDrawing.samples(directory, rows.train().size(), rows.classNames());
  }

  /** Draws the charts of what {@link #writeHistory} and {@link #writeScores} have written. */
  void drawCharts() throws IOException {
    RunDrawing.read(directory).charts();
  }

  /** Writes where the time went so far, and the page that says it with everything else. */
  void drawPage(RunTimes times) throws IOException {
    requireHeld();
    ConfigJson.write(directory.times(), times);
    RunDrawing.read(directory).page();
  }

  /** Writes which test rows the training file knows, and what that is worth. */
  void writeAudit(Audit audit) throws IOException {
    requireHeld();
    ConfigJson.write(directory.audit(), audit.record());
  }

  /** Shows TensorBoard what came out, and the charts that were drawn of it. */
  void writeEvents(TestScores test) throws IOException {
    TensorBoardResults.write(directory, test.evaluation());
  }

  /** Marks the model as trained and lets it carry what is needed to use it. */
  void writeTraining(Path model, double testAccuracy, TemperatureScaling scaling)
      throws IOException {
    ImageRecipe recipe = rows.imageRecipe();
    new ModelTraining(
            rows.classNames().toList(),
            testAccuracy,
            scaling.temperature(),
            recipe == null ? null : recipe.id())
        .write(model);
    ModelCard.write(
        model,
        new JsonTree(ConfigJson.read(directory.config())),
        EvaluationJson.read(directory.evaluation()));
  }
}
