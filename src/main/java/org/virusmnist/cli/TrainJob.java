package org.virusmnist.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;
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
      command.reading().check(model.classCount());
      DataOptions.Rows rows =
          command.data().read(model.classCount(), options.seed(), command.cache());
      times.end("read");
      UsedDevice device = model.device();
      command.requirePromise(device);
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
    RunFiles files = new RunFiles(run, rows);
    EpochSpeeds speeds = new EpochSpeeds();
    TensorBoardEvents events =
        new TensorBoardEvents(run.directory().tensorboard(), System::currentTimeMillis);
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
    Training training =
        new Training(
            command,
            model,
            rows,
            inference,
            options,
            () -> new FeatureSource(model, inference, command.cache().features()));
    TrainCheckpoints checkpoints =
        checkpoints(training.parts().with(speeds).with(events), run, identity);
    String hint = "Go on with: virus-mnist train --resume " + run.directory().root();
    common.hintAfterSignal(hint);
    try (events) {
      model.initialize(options.seed());
      TrainingState start = run.isResumed() ? checkpoints.restore() : TrainingState.start();
      events.start();
      log.alsoTo(files.directory().log());
      logStart(files, rows, opened.device());
      checkpoints.logStart();
      train(model, rows, files, new Fit(training, checkpoints, speeds, events, start));
    } catch (InterruptedRunException e) {
      throw e.withHint(hint);
    }
  }

  private TrainCheckpoints checkpoints(
      TrainCheckpoints.Parts parts, OpenRun run, Map<String, String> identity) {
    return new TrainCheckpoints(
        run,
        identity,
        parts,
        new TrainCheckpoints.Timing(
            command.checkpointNanos(),
            System::nanoTime,
            common.stopSignals(),
            command.keptCheckpoints()));
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
    Outcome outcome;
    try (Background<?> samples = Background.run("samples", files::drawSamples);
        Background<?> rehearsal = Background.run("rehearsal", fit.checkpoints()::rehearse);
        BesideTraining beside =
            new BesideTraining(
                model, rows, command.worstMistakes().areExplained(), common.progressBar())) {
      Training.Trained trained =
          fit.run(
              new EpochPrinter(common.progressBar()),
              hasFeatures -> {
                rehearsal.get();
                times.end("features", hasFeatures ? rows.count() : 0);
                beside.start();
              });
      History history = trained.state().history();
      try (HeadTraining head = trained.rows()) {
        files.writeHistory(new HistoryTable(history, fit.speeds().columns()));
        times.end("fit", (long) history.size() * rows.train().size());
        outcome = Outcome.of(head, rows);
      }
      samples.get();
      times.end("evaluate", rows.test().size());
      writeBaselines(model, rows, files);
      AtomicDirectory.delete(files.directory().model());
      write(model, files, outcome, beside);
    }
    times.end("write");
    files.drawPage(times.soFar());
    times.end("draw");
    files.requireHeld();
    print(outcome, rows, files);
  }

  private void writeBaselines(ClassifierModel model, DataOptions.Rows rows, RunFiles files)
      throws IOException {
    if (command.folds().hasBaselines()) {
      files.writeBaselines(
          BaselineRunner.run(
              rows.known(), rows.test(), model.shape().classCount(), options.seed()));
      times.end("baselines");
    }
  }

  private void write(ClassifierModel model, RunFiles files, Outcome outcome, BesideTraining beside)
      throws IOException {
    TestScores test = outcome.test();
    files.writeScores(test, outcome.train(), outcome.more(command.reading(), model.shape()));
    try (Background<?> charts = Background.run("charts", files::drawCharts);
        Background<?> explanations =
            Background.run("explanations", () -> explainWorst(model, files, test, beside))) {
      model.exportTo(
          files.directory().model(),
          directory ->
              files.writeTraining(
                  directory, test.evaluation().accuracy(), outcome.scaled().scaling()));
      charts.get();
      files.writeEvents(outcome.test());
      explanations.get();
      files.writeAudit(beside.audit(CorrectRows.of(test.batches())));
    }
  }

  private void explainWorst(
      ClassifierModel model, RunFiles files, TestScores test, BesideTraining beside)
      throws IOException {
    beside.awaitExplaining();
    files.explainWorst(test, model, command);
  }

  private void print(Outcome outcome, DataOptions.Rows rows, RunFiles files) throws IOException {
    PrintWriter text = command.json().textTo(common.out());
    ResultPrinter printer = new ResultPrinter(text, rows.classNames());
    List<PredictionBatch> batches = outcome.test().batches();
    printer.printSamples(batches);
    printer.print(outcome.test().evaluation());
    printer.printTraining(outcome.train());
    printer.printScaling(outcome.scaled());
    command.reading().print(batches, rows.classNames().size(), text);
    BaselineTable.print(files.readBaselines(), text);
    LOG.info("Time        {}", times);
    text.println("Wrote " + files.directory().root());
    command.json().print(common.out(), outcome.summary(files.directory().root()));
  }
}
