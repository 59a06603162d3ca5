package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.cli.console.InterruptedRunException;
import org.virusmnist.cli.console.PhaseTimes;
import org.virusmnist.cli.console.RunLog;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.PresentClasses;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.model.Weights;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.training.TrainingOptions;

/** What {@code train --folds} does: trains once for each fold and scores the rows held out. */
final class CrossValidationJob {
  private static final Logger LOG = LogManager.getLogger(CrossValidationJob.class);

  private final TrainCommand command;
  private final OpenRun.Opening opening;
  private final TrainingOptions options;
  private final RunLog log;
  private final PhaseTimes times = new PhaseTimes();

  CrossValidationJob(TrainCommand command, OpenRun.Opening opening, RunLog log) {
    this.command = command;
    this.opening = opening;
    this.options = command.trainingOptions();
    this.log = log;
  }

  void run() throws IOException {
    ImageFiles files = command.data().trainFiles();
    try (ModelOpening opened =
        ModelOpening.start(command.recipe().model(), command.modelOptions())) {
      TrainChecks checks = new TrainChecks(command);
      checks.model(opened);
      int classCount = opened.classCount();
      CachedImages file = TrainingStorage.inMemory(command.cache()).read(files, classCount);
      Groups groups = command.data().groups(file.images());
      ClassNames names = command.data().classNames(files, classCount);
      FoldRows rows = folds(file, groups, names);
      checks.steps(rows.fewestTrainRows(options.seed()));
      times.end("read");
      ClassifierModel model = opened.model();
      times.end("load");
      checks.device(opened.device());
      Map<String, Object> config =
          TrainRecord.ofFolds(
              command, options, files, file.images(), names, opened.file(), opened.device());
      command.argumentsToRecord().addTo(config);
      try (OpenRun run = opening.open(config)) {
        log.alsoTo(run.directory().log());
        attended(model, rows, run);
      }
    }
  }

  private void attended(ClassifierModel model, FoldRows rows, OpenRun run) throws IOException {
    String hint = "Go on with: virus-mnist train --resume " + run.directory().root();
    command.common().hintAfterSignal(hint);
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), command.common());
    try (FeatureSource features = new FeatureSource(model, inference, command.cache().features())) {
      Weights fresh = new WeightAccess(model).read();
      run(rows, new HeldOutTraining(model, fresh, features, command.common()), run);
    } catch (InterruptedRunException e) {
      throw e.withHint(hint);
    }
  }

  private FoldRows folds(CachedImages file, Groups groups, ClassNames names) {
    try {
      return FoldRows.of(command.data(), command.folds(), file, groups, names);
    } catch (IllegalArgumentException e) {
      throw command.common().usage(String.valueOf(e.getMessage()));
    }
  }

  private void run(FoldRows rows, HeldOutTraining training, OpenRun run) throws IOException {
    LOG.info(
        "{}",
        String.format(
            Locale.ROOT,
            "Train       %,d rows in %,d groups, %s",
            rows.groups().rows(),
            rows.groups().count(),
            rows.file().images().source()));
    LOG.info("Model       {} on {}", command.recipe().model(), training.model().deviceName());
    LOG.info("Run         {}", run.directory().root());
    List<FoldRecord> folds = new ArrayList<>();
    for (int fold = 0; fold < rows.folds().count(); fold++) {
      Path directory = run.directory().fold(fold + 1);
      if (!FoldRecord.isThere(directory)) {
        fold(rows, training, fold).write(directory, rows.names().size());
      }
      FoldRecord done = FoldRecord.read(directory);
      folds.add(done);
      LOG.info("{}", line(done, rows.folds().count()));
    }
    times.end("folds", rows.groups().rows());
    new CrossValidationFiles(
            run, rows.file().images(), rows.names(), rows.groups(), command.reading())
        .write(folds, times, command.common().out(), command.json());
  }

  private static String line(FoldRecord fold, int folds) {
    return String.format(
        Locale.ROOT,
        "Fold %d/%d - %,d rows of %,d groups - accuracy: %.4f - macro F1: %.4f - %.1f s",
        fold.summary().fold(),
        folds,
        fold.summary().rows(),
        fold.summary().groups(),
        fold.evaluation().accuracy(),
        PresentClasses.macroF1(fold.evaluation().matrix()),
        fold.summary().seconds());
  }

  private FoldRecord fold(FoldRows all, HeldOutTraining training, int fold) throws IOException {
    long start = System.nanoTime();
    DataOptions.Rows rows = all.of(fold, options.seed());
    EpochPrinter printer = new EpochPrinter(command.common().progressBar());
    HeldOutTraining.Result result = training.run(command, rows, printer);
    Scaled scaled = result.scaled();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new FoldRecord(
        new FoldRecord.Summary(
            fold + 1,
            all.groups().select(rows.testRows().rows()).count(),
            rows.train().size(),
            rows.validation().size(),
            rows.test().size(),
            scaled.scaling().temperature(),
            scaled.before().expectedError(),
            scaled.after().expectedError(),
            seconds),
        result.history(),
        numbered(result.test().batches(), rows.testRows().rows()),
        baselines(all, fold, rows));
  }

  /** Returns predictions row by row under the numbers that the rows have in the file. */
  private static List<PredictionBatch> numbered(List<PredictionBatch> batches, int[] rows) {
    List<PredictionBatch> numbered = new ArrayList<>();
    for (PredictionBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        numbered.add(batch.single(i).renumbered(rows[Math.toIntExact(batch.row(i))]));
      }
    }
    return numbered;
  }

  private List<BaselineScore> baselines(FoldRows all, int fold, DataOptions.Rows rows) {
    return command.folds().hasBaselines()
        ? BaselineRunner.run(
            all.file().images().select(all.folds().outside(fold)),
            rows.test(),
            all.names().size(),
            options.seed(),
            BaselineScore::ofFold,
            command.common().progressBar())
        : List.of();
  }
}
