package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.storage.AtomicDirectory;
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
      UsedDevice device = model.device();
      times.end("load");
      Map<String, Object> config = TrainRecord.of(command, options, rows, model.file(), device);
      command.arguments().addTo(config);
      try (OpenRun run = opening.open(config)) {
        train(model, rows, run, RunIdentity.of(config));
      }
    }
  }

  private void logStart(RunFiles files, DataOptions.Rows rows, UsedDevice device) {
    DataOptions data = command.data();
    Path validation = data.validationFile();
    LOG.info("Train       {}", describe(data.trainFile(), rows.train()));
    LOG.info(
        "Validation  {}",
        validation == null
            ? describe("held out of it", rows.validation())
            : describe(validation, rows.validation()));
    LOG.info("Test        {}", describe(data.testFile(), rows.test()));
    LOG.info("Model       {} on {}", command.model(), device.name());
    device.log();
    LOG.info("Run         {}", files.directory().root());
  }

  private static String describe(Object source, ImageSet images) {
    return String.format(Locale.ROOT, "%,d rows, %s", images.size(), source);
  }

  private void train(
      ModelOpening opened, DataOptions.Rows rows, OpenRun run, Map<String, String> identity)
      throws IOException {
    ClassifierModel model = opened.model();
    RunFiles files = new RunFiles(run.directory(), rows);
    EpochSpeeds speeds = new EpochSpeeds();
    TensorBoardEvents events =
        new TensorBoardEvents(run.directory().tensorboard(), System::currentTimeMillis);
    Training training =
        new Training(
            command, model, rows, new InferenceRunner(command.modelOptions(), common), options);
    TrainCheckpoints checkpoints =
        checkpoints(training.parts().with(speeds).with(events), run, identity);
    try (events) {
      model.initialize(options.seed());
      TrainingState start = run.isResumed() ? checkpoints.restore() : TrainingState.start();
      events.start();
      log.alsoTo(files.directory().log());
      logStart(files, rows, opened.device());
      checkpoints.logStart();
      train(model, rows, files, new Fit(training, checkpoints, speeds, events, start));
    } catch (InterruptedRunException e) {
      throw e.withHint(
          "Go on with: virus-mnist train --resume %s".formatted(run.directory().root()));
    }
  }

  private TrainCheckpoints checkpoints(
      TrainCheckpoints.Parts parts, OpenRun run, Map<String, String> identity) {
    return new TrainCheckpoints(
        run,
        identity,
        parts,
        new TrainCheckpoints.Timing(
            command.checkpointNanos(), System::nanoTime, common.stopSignals()));
  }

  /**
   * A training and where it begins.
   *
   * @param training the epoch loop
   * @param checkpoints writes it down
   * @param speeds how fast it is
   * @param events shows it to TensorBoard
   * @param start where it begins
   */
  private record Fit(
      Training training,
      TrainCheckpoints checkpoints,
      EpochSpeeds speeds,
      TensorBoardEvents events,
      TrainingState start) {
    Training.Trained run(TrainingListener printer, Training.Opened opened) throws IOException {
      TrainingListener all = TrainingListener.all(printer, speeds, events, checkpoints);
      return checkpoints.guard(() -> training.run(start, all, opened));
    }
  }

  private void train(ClassifierModel model, DataOptions.Rows rows, RunFiles files, Fit fit)
      throws IOException {
    Scores scores;
    try (Background<?> samples = Background.run("samples", files::drawSamples);
        Background<?> rehearsal = Background.run("rehearsal", fit.checkpoints()::rehearse)) {
      Training.Trained trained =
          fit.run(
              new EpochPrinter(common.progressBar()),
              hasFeatures -> {
                rehearsal.get();
                times.end("features", hasFeatures ? rows.count() : 0);
              });
      History history = trained.state().history();
      try (HeadTraining head = trained.rows()) {
        files.writeHistory(new HistoryTable(history, fit.speeds().columns()));
        times.end("fit", (long) history.size() * rows.train().size());
        scores = new Scores(TestScores.of(head, rows), head.scoreTraining(), head.fitTemperature());
      }
      samples.get();
    }
    times.end("evaluate", rows.test().size());
    AtomicDirectory.delete(files.directory().model());
    write(model, files, scores);
    times.end("write");
    files.drawPage(times.soFar());
    times.end("draw");
    print(scores, rows, files);
  }

  /**
   * What is known of the trained model.
   *
   * @param test what it says of the test rows
   * @param train how well it knows the training rows
   * @param scaling what calibrates it
   */
  private record Scores(TestScores test, Score train, TemperatureScaling scaling) {}

  private void write(ClassifierModel model, RunFiles files, Scores scores) throws IOException {
    files.writeScores(scores.test(), scores.train());
    try (Background<?> charts = Background.run("charts", files::drawCharts);
        Background<?> explanations =
            Background.run(
                "explanations", () -> files.explainWorst(scores.test(), model, command));
        Background<?> audit =
            Background.run("audit", () -> files.writeAudit(scores.test(), common.progressBar()))) {
      model.exportTo(
          files.directory().model(),
          directory ->
              files.writeTraining(
                  directory, scores.test().evaluation().accuracy(), scores.scaling()));
      charts.get();
      files.writeEvents(scores.test());
      explanations.get();
      audit.get();
    }
  }

  private void print(Scores scores, DataOptions.Rows rows, RunFiles files) {
    ResultPrinter printer = new ResultPrinter(common.out(), rows.classNames());
    printer.printSamples(scores.test().batches());
    printer.print(scores.test().evaluation());
    printer.printTraining(scores.train());
    LOG.info("Time        {}", times);
    common.out().println("Wrote " + files.directory().root());
  }
}
