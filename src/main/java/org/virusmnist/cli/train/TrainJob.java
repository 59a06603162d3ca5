package org.virusmnist.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.Background;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.InterruptedRunException;
import org.virusmnist.cli.console.PhaseTimes;
import org.virusmnist.cli.console.RunLog;
import org.virusmnist.cli.input.DataFiles;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.inspect.CorrectRows;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.run.RunIdentity;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.cli.session.ResultPrinter;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.BaselineScore;
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
  private @Nullable FeatureSource features;

  TrainJob(CommonOptions common, TrainCommand command, OpenRun.Opening opening, RunLog log) {
    this.common = common;
    this.command = command;
    this.opening = opening;
    this.options = command.trainingOptions();
    this.log = log;
  }

  void run() throws IOException {
    DataFiles files = command.data().files();
    try (ModelOpening model = ModelOpening.start(command.recipe().model(), command.modelOptions());
        TrainingStorage storage = storage(files)) {
      TrainChecks checks = new TrainChecks(command);
      checks.model(model);
      DataOptions.Rows rows =
          command.data().read(files, model.classCount(), options.seed(), storage);
      checks.steps(rows.train().size());
      times.end("read");
      UsedDevice device = model.device();
      checks.device(device);
      times.end("load");
      Map<String, Object> config =
          TrainRecord.of(command, options, files, rows, model.file(), device);
      command.argumentsToRecord().addTo(config);
      try (OpenRun run = opening.open(config)) {
        train(model, new Input(files, rows, storage), run, RunIdentity.of(config));
      }
    }
  }

  private TrainingStorage storage(DataFiles files) throws IOException {
    boolean needsMemory = command.folds().hasBaselines();
    return command.storage().open(files.sets(), command.cache(), needsMemory);
  }

  /** What a run reads: its files, their rows, and where these are. */
  private record Input(DataFiles files, DataOptions.Rows rows, TrainingStorage storage) {}

  private void logStart(RunFiles files, Input input, UsedDevice device) {
    DataOptions.Rows rows = input.rows();
    ImageFiles validation = input.files().validation();
    LOG.info("Train       {}", describe(input.files().train(), rows.train()));
    LOG.info(
        "Validation  {}",
        validation == null
            ? describe("held out of it", rows.validation())
            : describe(validation, rows.validation()));
    LOG.info("Test        {}", describe(input.files().test(), rows.test()));
    LOG.info("Model       {} on {}", command.recipe().model(), device.name());
    device.log();
    LOG.info("Run         {}", files.directory().root());
  }

  private static String describe(Object source, ImageSet images) {
    return String.format(Locale.ROOT, "%,d rows, %s", images.size(), source);
  }

  private void train(ModelOpening opened, Input input, OpenRun run, Map<String, String> identity)
      throws IOException {
    ClassifierModel model = opened.model();
    RunFiles files = new RunFiles(run, input.rows());
    EpochSpeeds speeds = new EpochSpeeds();
    TensorBoardEvents events =
        new TensorBoardEvents(run.directory().tensorboard(), System::currentTimeMillis);
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
    Training.Means means =
        new Training.Means(
            inference,
            input.storage(),
            () -> features = new FeatureSource(model, inference, command.cache().features()));
    Training training = new Training(command, model, input.rows(), options, means);
    TrainCheckpoints checkpoints =
        checkpoints(training.parts().with(speeds).with(events), run, identity);
    String hint = "Go on with: virus-mnist train --resume " + run.directory().root();
    common.hintAfterSignal(hint);
    try (events) {
      model.initialize(options.seed());
      TrainingState start = run.isResumed() ? checkpoints.restore() : TrainingState.start();
      events.start();
      log.alsoTo(files.directory().log());
      logStart(files, input, opened.device());
      checkpoints.logStart();
      train(model, input, files, new Fit(training, checkpoints, speeds, events, start));
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
            command.checkpoints().nanos(),
            System::nanoTime,
            common.stopSignals(),
            command.checkpoints().kept()));
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

  private void train(ClassifierModel model, Input input, RunFiles files, Fit fit)
      throws IOException {
    DataOptions.Rows rows = input.rows();
    Outcome outcome;
    try (Background<?> samples = Background.run("samples", files::drawSamples);
        Background<?> rehearsal = Background.run("rehearsal", fit.checkpoints()::rehearse);
        BesideTraining beside =
            new BesideTraining(model, rows, beside(input.storage()), common.progressBar())) {
      Training.Trained trained =
          fit.run(
              new EpochPrinter(common.progressBar()),
              hasFeatures -> {
                rehearsal.get();
                endFeatures(hasFeatures ? rows.count() : 0);
                beside.start();
              });
      History history = trained.state().history();
      try (HeadTraining head = trained.rows()) {
        files.writeHistory(new HistoryTable(history, fit.speeds().columns()));
        times.end("fit", (long) history.size() * rows.train().size());
        outcome = Outcome.of(head, command.data(), rows);
      }
      samples.get();
      times.end("evaluate", rows.test().size());
      writeBaselines(model, rows, files);
      AtomicDirectory.delete(files.directory().model());
      write(model, files, outcome, beside);
      writeAudit(files, outcome.test(), input.storage(), beside);
    }
    times.end("write");
    files.drawPage(times.soFar());
    times.end("draw");
    files.requireHeld();
    print(outcome, rows, files);
  }

  /** Ends the phase in which features of so many images were wanted; on disk they have no cache. */
  private void endFeatures(long wanted) {
    long computed = features == null ? wanted : features.computed();
    times.end("features", computed, wanted > 0 && computed == 0);
  }

  private void writeBaselines(ClassifierModel model, DataOptions.Rows rows, RunFiles files)
      throws IOException {
    if (command.folds().hasBaselines()) {
      files.writeBaselines(
          BaselineRunner.run(
              rows.known(),
              rows.test(),
              model.shape().classCount(),
              options.seed(),
              BaselineScore::of,
              common.progressBar()));
      times.end("baselines");
    }
  }

  private void write(ClassifierModel model, RunFiles files, Outcome outcome, BesideTraining beside)
      throws IOException {
    TestScores test = outcome.test();
    files.writeScores(test, outcome.train(), outcome.more(command.reading()));
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
    }
  }

  /** Neighbours are looked for in Java's memory. */
  private BesideTraining.Wanted beside(TrainingStorage storage) {
    return new BesideTraining.Wanted(command.worstMistakes().areExplained(), !storage.isOnDisk());
  }

  private void writeAudit(
      RunFiles files, TestScores test, TrainingStorage storage, BesideTraining beside)
      throws IOException {
    if (storage.isOnDisk()) {
      LOG.info("Audit       left out, rows are on disk; 'virus-mnist spark audit' does it");
    } else {
      files.writeAudit(beside.audit(CorrectRows.of(test.batches())));
    }
  }

  private void explainWorst(
      ClassifierModel model, RunFiles files, TestScores test, BesideTraining beside)
      throws IOException {
    beside.awaitExplaining();
    files.explainWorst(test, model, command, common.progressBar());
  }

  private void print(Outcome outcome, DataOptions.Rows rows, RunFiles files) throws IOException {
    PrintWriter text = command.json().textTo(common.out());
    ResultPrinter printer = new ResultPrinter(text, rows.classNames());
    List<PredictionBatch> batches = outcome.test().batches();
    printer.printSamples(batches);
    printer.print(outcome.test().evaluation());
    printer.printTraining(outcome.train());
    printer.printScaling(outcome.scaled());
    command.reading().print(outcome.predictions(), rows.classNames().size(), text);
    BaselineTable.print(files.readBaselines(), text);
    LOG.info("Time        {}", times);
    text.println("Wrote " + files.directory().root());
    command
        .json()
        .print(common.out(), outcome.summary(files.directory().root(), command.reading()));
  }
}
