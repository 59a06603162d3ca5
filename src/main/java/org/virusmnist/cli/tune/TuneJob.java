package org.virusmnist.cli.tune;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.InterruptedRunException;
import org.virusmnist.cli.console.RunLog;
import org.virusmnist.cli.console.StopSignals;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.cli.train.FoldRows;
import org.virusmnist.cli.train.HeldOutTraining;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.cli.train.TrainRecord;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Spread;
import org.virusmnist.metrics.TrialScore;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.report.TrialRow;
import org.virusmnist.training.DivergedException;
import org.virusmnist.tuning.Search;
import org.virusmnist.tuning.Trial;
import org.virusmnist.tuning.TrialResult;

/** What {@code tune} does, from CSV to the best settings. */
final class TuneJob {
  private static final Logger LOG = LogManager.getLogger(TuneJob.class);

  private final TuneCommand command;
  private final TunePlan plan;
  private final OpenRun.Opening opening;
  private final RunLog log;

  TuneJob(TuneCommand command, TunePlan plan, OpenRun.Opening opening, RunLog log) {
    this.command = command;
    this.plan = plan;
    this.opening = opening;
    this.log = log;
  }

  void run() throws IOException {
    TrainCommand base = plan.base();
    try (ModelOpening opened = ModelOpening.start(base.recipe().model(), base.modelOptions())) {
      List<DataOptions.Rows> rows = rows(opened.classCount());
      plan.require(opened, rows);
      UsedDevice device = opened.device();
      ClassifierModel model = opened.model();
      Map<String, Object> config =
          TrainRecord.ofSearch(plan.base(), plan.record(), rows.get(0), opened.file(), device);
      command.arguments().addTo(config);
      try (OpenRun run = opening.open(config)) {
        log.alsoTo(run.directory().log());
        String hint = "Go on with: virus-mnist tune --resume " + run.directory().root();
        command.common().hintAfterSignal(hint);
        try {
          search(model, rows, run);
        } catch (InterruptedRunException e) {
          throw e.withHint(hint);
        }
      }
    }
  }

  /** Returns what every trial trains on and is scored on: one split, or one for each fold. */
  private List<DataOptions.Rows> rows(int classCount) throws IOException {
    TrainCommand base = plan.base();
    TrainingStorage storage = TrainingStorage.inMemory(base.cache());
    if (!base.folds().isOn()) {
      return List.of(
          base.data()
              .readWithoutTest(
                  base.data().filesWithoutTest(), classCount, command.seed(), storage));
    }
    ImageFiles files = base.data().trainFiles();
    CachedImages file = storage.read(files, classCount);
    ClassNames names = base.data().classNames(files, classCount);
    try {
      FoldRows folds =
          FoldRows.of(base.data(), base.folds(), file, base.data().groups(file.images()), names);
      List<DataOptions.Rows> rows = new ArrayList<>();
      for (int fold = 0; fold < folds.folds().count(); fold++) {
        rows.add(folds.of(fold, command.seed()));
      }
      return rows;
    } catch (IllegalArgumentException e) {
      throw command.common().usage(String.valueOf(e.getMessage()));
    }
  }

  private void search(ClassifierModel model, List<DataOptions.Rows> rows, OpenRun run)
      throws IOException {
    TrainCommand base = plan.base();
    logStart(model, rows, run);
    TrialFiles files = new TrialFiles(run, plan);
    InferenceRunner inference = new InferenceRunner(base.modelOptions(), command.common());
    try (FeatureSource features = new FeatureSource(model, inference, base.cache().features())) {
      HeldOutTraining training =
          new HeldOutTraining(model, new WeightAccess(model).read(), features, command.common());
      SearchProgress progress =
          new SearchProgress(command.common().progressBar(), plan.search(), rows.size());
      Trials shared = new Trials(rows, training, files, progress);
      List<TrialResult> results =
          attended((trial, rung, epochs) -> trial(trial, rung, epochs, shared));
      files.writeResults(results);
      files.print(command.common().out(), results);
    }
  }

  /** Runs all trials; a signal ends the one that is running, or the search before the next. */
  private List<TrialResult> attended(Search.TrialFunction function) throws IOException {
    StopSignals stop = command.common().stopSignals();
    boolean wasAttended = stop.attend(true);
    try {
      return plan.search()
          .run(
              (trial, rung, epochs) -> {
                stop.throwIfRequested();
                return function.run(trial, rung, epochs);
              });
    } finally {
      stop.attend(wasAttended);
    }
  }

  private void logStart(ClassifierModel model, List<DataOptions.Rows> rows, OpenRun run) {
    DataOptions.Rows first = rows.get(0);
    LOG.info(
        "{}",
        String.format(
            Locale.ROOT,
            "Train       %,d rows of %s, scored on %,d%s",
            first.train().size(),
            first.known().source(),
            first.test().size(),
            rows.size() > 1 ? " in the first of %d folds".formatted(rows.size()) : ""));
    LOG.info("Model       {} on {}", plan.base().recipe().model(), model.deviceName());
    LOG.info(
        "Search      {}: {} trials, {}",
        command.strategy(),
        plan.search().trials().size(),
        plan.search().rungs().stream()
            .map(rung -> "%d with %d epochs".formatted(rung.trials(), rung.epochs()))
            .collect(Collectors.joining(", ")));
    LOG.info("Run         {}", run.directory().root());
  }

  /** What all trials share. */
  private record Trials(
      List<DataOptions.Rows> rows,
      HeldOutTraining training,
      TrialFiles files,
      SearchProgress progress) {}

  private @Nullable TrialScore trial(Trial trial, int rung, int epochs, Trials shared)
      throws IOException {
    TrainCommand options = plan.command(trial, epochs);
    int epochsOfSplit = options.trainingOptions().epochs() + options.fineTune().epochs();
    shared.progress().begin(epochs, epochsOfSplit);
    TrialRow wanted =
        new TrialRow(
            trial.number(),
            rung,
            options.trainingOptions().epochs(),
            command.seed(),
            trial.options(),
            null);
    TrialRow done = shared.files().read(wanted);
    long start = System.nanoTime();
    if (done == null) {
      done = shared.files().write(wanted, score(options, shared));
    }
    shared.progress().end();
    LOG.info("{}", line(done, (System.nanoTime() - start) / 1e9));
    return done.score();
  }

  /** Trains on every split; null where the loss is no number any more. */
  private static @Nullable TrialScore score(TrainCommand options, Trials shared)
      throws IOException {
    List<DataOptions.Rows> rows = shared.rows();
    double[][] scores = new double[3][rows.size()];
    try {
      for (int i = 0; i < rows.size(); i++) {
        Evaluation evaluation =
            shared.training().run(options, rows.get(i), shared.progress()).test().evaluation();
        scores[0][i] = evaluation.accuracy();
        scores[1][i] = evaluation.macroF1();
        scores[2][i] = evaluation.loss();
      }
    } catch (DivergedException e) {
      LOG.info("Diverged    {}", e.getMessage());
      return null;
    }
    return new TrialScore(Spread.of(scores[0]), Spread.of(scores[1]), Spread.of(scores[2]));
  }

  private String line(TrialRow row, double seconds) {
    TrialScore score = row.score();
    String settings =
        row.options().entrySet().stream()
            .map(option -> option.getKey() + " " + option.getValue())
            .collect(Collectors.joining(", "));
    String result =
        score == null
            ? "diverged"
            : String.format(
                Locale.ROOT,
                "accuracy: %.4f - macro F1: %.4f - loss: %.4f",
                score.accuracy().mean(),
                score.macroF1().mean(),
                score.loss().mean());
    return String.format(
        Locale.ROOT,
        "Trial %d/%d - epochs %d, %s - %s - %.1f s",
        row.trial(),
        plan.search().trials().size(),
        row.epochs(),
        settings,
        result,
        seconds);
  }
}
