package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Regularization;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.storage.AtomicDirectory;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.Trainer;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/** What {@code train} does, from CSV to run directory. */
final class TrainJob {
  private static final Logger LOG = LogManager.getLogger(TrainJob.class);

  private final CommonOptions common;
  private final TrainCommand command;
  private final OpenRun.Opening opening;
  private final TrainingOptions options;
  private final RunLog log;
  private final PhaseTimes times = new PhaseTimes();

  TrainJob(CommonOptions common, TrainCommand command, OpenRun.Opening opening, RunLog log) {
    this.common = common;
    this.command = command;
    this.opening = opening;
    this.options = command.trainingOptions();
    this.log = log;
  }

  void run() throws IOException {
    try (ModelOpening model = ModelOpening.start(command.model(), command.modelOptions())) {
      DataOptions.Rows rows =
          command.data().read(model.classCount(), options.seed(), command.cache());
      times.end("read");
      String device = model.model().deviceName();
      times.end("load");
      Map<String, Object> config = TrainRecord.of(command, options, rows, model.file(), device);
      command.arguments().addTo(config);
      try (OpenRun run = opening.open(config)) {
        train(model.model(), rows, run, RunIdentity.of(config));
      }
    }
  }

  private void logStart(RunFiles files, DataOptions.Rows rows, ClassifierModel model) {
    DataOptions data = command.data();
    Path validation = data.validationFile();
    LOG.info("Train       {}", describe(data.trainFile(), rows.train()));
    LOG.info(
        "Validation  {}",
        validation == null
            ? describe("held out of it", rows.validation())
            : describe(validation, rows.validation()));
    LOG.info("Test        {}", describe(data.testFile(), rows.test()));
    LOG.info("Model       {} on {}", command.model(), model.deviceName());
    LOG.info("Run         {}", files.directory().root());
  }

  private static String describe(Object source, ImageSet images) {
    return String.format(Locale.ROOT, "%,d rows, %s", images.size(), source);
  }

  private void train(
      ClassifierModel model, DataOptions.Rows rows, OpenRun run, Map<String, String> identity)
      throws IOException {
    RunFiles files = new RunFiles(run.directory(), rows);
    EpochSpeeds speeds = new EpochSpeeds();
    TrainCheckpoints checkpoints = checkpoints(model, run, identity, List.of(speeds));
    try {
      TrainingState start = run.isResumed() ? checkpoints.restore() : TrainingState.start();
      log.alsoTo(files.directory().log());
      logStart(files, rows, model);
      checkpoints.logStart();
      train(model, rows, files, new Fit(checkpoints, speeds, start));
    } catch (InterruptedRunException e) {
      throw e.withHint(
          "Go on with: virus-mnist train --resume %s".formatted(run.directory().root()));
    }
  }

  private TrainCheckpoints checkpoints(
      ClassifierModel model, OpenRun run, Map<String, String> identity, List<Resumable> parts) {
    return new TrainCheckpoints(
        run,
        identity,
        new ModelWeights(model),
        parts,
        new TrainCheckpoints.Timing(
            command.checkpointNanos(), System::nanoTime, common.stopSignals()));
  }

  /**
   * What the epoch loop needs besides model and rows.
   *
   * @param checkpoints writes it down
   * @param speeds how fast it is
   * @param start where it begins
   */
  private record Fit(TrainCheckpoints checkpoints, EpochSpeeds speeds, TrainingState start) {}

  private void train(ClassifierModel model, DataOptions.Rows rows, RunFiles files, Fit fit)
      throws IOException {
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
    if (!fit.checkpoints().isRestored()) {
      model.initialize(options.seed());
    }
    Score trainScore;
    int trainRows = rows.train().size();
    TestScores test;
    try (HeadTraining head = headTraining(model, rows, inference);
        Background<?> samples = Background.run("samples", files::drawSamples)) {
      times.end("features", command.usesFeatureCache() ? rows.count() : 0);
      files.writeHistory(fit(model, head, rows.train(), fit));
      times.end("fit", (long) options.epochs() * trainRows);
      trainScore = head.scoreTraining();
      test = TestScores.of(head, rows);
      samples.get();
    }
    times.end("evaluate", rows.test().size());
    AtomicDirectory.delete(files.directory().model());
    write(model, files, test, trainScore);
    times.end("write");
    files.drawPage(times.soFar());
    times.end("draw");
    print(test, trainScore, rows, files);
  }

  private void write(ClassifierModel model, RunFiles files, TestScores test, Score trainScore)
      throws IOException {
    files.writeScores(test, trainScore);
    try (Background<?> charts = Background.run("charts", files::drawCharts);
        Background<?> audit =
            Background.run("audit", () -> files.writeAudit(test, common.progressBar()))) {
      model.exportTo(
          files.directory().model(),
          directory -> files.writeTraining(directory, test.evaluation().accuracy()));
      charts.get();
      audit.get();
    }
  }

  private HeadTraining headTraining(
      ClassifierModel model, DataOptions.Rows rows, InferenceRunner inference) throws IOException {
    return command.usesFeatureCache()
        ? new CachedFeatures(
            model, rows, new FeatureSource(model, inference, command.cache().features()))
        : new ImagesInLoop(model, rows, inference);
  }

  private HistoryTable fit(ClassifierModel model, HeadTraining head, ImageSet rows, Fit fit)
      throws IOException {
    Regularization regularization =
        command.recipe().regularization(rows.labels(), model.shape().classCount());
    Trainer trainer =
        new Trainer(
            options,
            chunk ->
                head.train(
                    new HeadSteps(
                        chunk.rows(), chunk.learningRates(), regularization, options.seed())),
            head::scoreValidation,
            TrainingListener.all(
                new EpochPrinter(common.progressBar()), fit.speeds(), fit.checkpoints()),
            System::nanoTime);
    History history = fit.checkpoints().guard(() -> trainer.fit(rows.size(), fit.start()));
    return new HistoryTable(history, fit.speeds().columns());
  }

  private void print(TestScores test, Score trainScore, DataOptions.Rows rows, RunFiles files) {
    ResultPrinter printer = new ResultPrinter(common.out(), rows.classNames());
    printer.printSamples(test.batches());
    printer.print(test.evaluation());
    printer.printTraining(trainScore);
    LOG.info("Time        {}", times);
    common.out().println("Wrote " + files.directory().root());
  }
}
