package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.GroupFolds;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.Split;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.model.Weights;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

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

  /**
   * What is cross-validated.
   *
   * @param model an open model
   * @param fresh its weights as exported
   * @param file all rows
   * @param groups which of them belong together
   * @param folds which of them are held out together
   * @param names names of the classes
   */
  private record Setup(
      ClassifierModel model,
      Weights fresh,
      CachedImages file,
      Groups groups,
      GroupFolds folds,
      ClassNames names) {}

  void run() throws IOException {
    try (ModelOpening opened = ModelOpening.start(command.model(), command.modelOptions())) {
      int classCount = opened.classCount();
      command.reading().check(classCount);
      CachedImages file = command.cache().read(command.data().trainFile(), classCount);
      Groups groups = command.data().groups(file.images());
      GroupFolds folds = folds(file, groups, classCount);
      ClassNames names = command.data().classNames(classCount);
      times.end("read");
      ClassifierModel model = opened.model();
      times.end("load");
      command.requirePromise(opened.device());
      Map<String, Object> config =
          TrainRecord.ofFolds(
              command, options, file.images(), names, opened.file(), opened.device());
      command.arguments().addTo(config);
      try (OpenRun run = opening.open(config)) {
        log.alsoTo(run.directory().log());
        Weights fresh = new WeightAccess(model).read();
        run(new Setup(model, fresh, file, groups, folds, names), run);
      } catch (InterruptedRunException e) {
        throw e.withHint("Go on with the same command and --resume.");
      }
    }
  }

  private GroupFolds folds(CachedImages file, Groups groups, int classCount) {
    try {
      int[] labels = file.images().labels();
      FoldOptions wanted = command.folds();
      return GroupFolds.of(labels, classCount, groups, wanted.count(), wanted.seed());
    } catch (IllegalArgumentException e) {
      throw command.usage(String.valueOf(e.getMessage()));
    }
  }

  private void run(Setup setup, OpenRun run) throws IOException {
    LOG.info(
        "{}",
        String.format(
            Locale.ROOT,
            "Train       %,d rows in %,d groups, %s",
            setup.groups().rows(),
            setup.groups().count(),
            command.data().trainFile()));
    LOG.info("Model       {} on {}", command.model(), setup.model().deviceName());
    LOG.info("Run         {}", run.directory().root());
    List<FoldRecord> folds = new ArrayList<>();
    for (int fold = 0; fold < setup.folds().count(); fold++) {
      Path directory = run.directory().fold(fold + 1);
      if (!FoldRecord.isThere(directory)) {
        fold(setup, fold).write(directory, setup.names().size());
      }
      FoldRecord done = FoldRecord.read(directory);
      folds.add(done);
      LOG.info("{}", line(done, setup.folds().count()));
    }
    times.end("folds", setup.groups().rows());
    new CrossValidationFiles(
            run, setup.file().images(), setup.names(), setup.groups(), command.reading())
        .write(folds, times, command.common().out());
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
        fold.evaluation().macroF1(),
        fold.summary().seconds());
  }

  private FoldRecord fold(Setup setup, int fold) throws IOException {
    long start = System.nanoTime();
    DataOptions.Rows rows = rows(setup, fold);
    new WeightAccess(setup.model()).assign(setup.fresh());
    setup.model().initialize(options.seed());
    Training training =
        new Training(
            command,
            setup.model(),
            rows,
            new InferenceRunner(command.modelOptions(), command.common()),
            options);
    Training.Trained trained = train(training);
    TestScores test;
    Scaled scaled;
    try (HeadTraining head = trained.rows()) {
      test = TestScores.of(head, rows);
      scaled = Outcome.scaled(head, rows, test);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new FoldRecord(
        new FoldRecord.Summary(
            fold + 1,
            setup.groups().select(rows.testRows().rows()).count(),
            rows.train().size(),
            rows.validation().size(),
            rows.test().size(),
            scaled.scaling().temperature(),
            scaled.before().expectedError(),
            scaled.after().expectedError(),
            seconds),
        trained.state().history(),
        numbered(test.batches(), rows.testRows().rows()),
        baselines(setup, fold, rows));
  }

  private Training.Trained train(Training training) throws IOException {
    StopSignals stop = command.common().stopSignals();
    boolean wasAttended = stop.attend(true);
    try {
      return training.run(TrainingState.start(), stopping(stop), hasFeatures -> {});
    } finally {
      stop.attend(wasAttended);
    }
  }

  private TrainingListener stopping(StopSignals stop) {
    TrainingListener safe =
        new TrainingListener() {
          @Override
          public void onSafePoint(TrainingState state) {
            stop.throwIfRequested();
          }
        };
    return TrainingListener.all(new EpochPrinter(command.common().progressBar()), safe);
  }

  private DataOptions.Rows rows(Setup setup, int fold) {
    int[] rest = setup.folds().outside(fold);
    CachedImages file = setup.file();
    Split split =
        command
            .data()
            .split(
                file.images().select(rest),
                setup.groups().select(rest),
                setup.names().size(),
                options.seed());
    return new DataOptions.Rows(
        FileRows.of(file, chosen(rest, split.train())),
        FileRows.of(file, chosen(rest, split.validation())),
        FileRows.of(file, setup.folds().inside(fold)),
        setup.names(),
        null);
  }

  private static int[] chosen(int[] rows, int[] places) {
    int[] chosen = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = rows[places[i]];
    }
    return chosen;
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

  private List<BaselineScore> baselines(Setup setup, int fold, DataOptions.Rows rows) {
    return command.folds().hasBaselines()
        ? BaselineRunner.run(
            setup.file().images().select(setup.folds().outside(fold)),
            rows.test(),
            setup.names().size(),
            options.seed())
        : List.of();
  }
}
