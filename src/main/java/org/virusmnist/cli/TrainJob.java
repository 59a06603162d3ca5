package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Regularization;
import org.virusmnist.report.HistoryTable;
import org.virusmnist.training.Trainer;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;

/** What {@code train} does, from CSV to run directory. */
final class TrainJob {
  private static final Logger LOG = LogManager.getLogger(TrainJob.class);

  private final CommonOptions common;
  private final TrainCommand command;
  private final TrainingOptions options;
  private final RunLog log;
  private final PhaseTimes times = new PhaseTimes();

  TrainJob(CommonOptions common, TrainCommand command, TrainingOptions options, RunLog log) {
    this.common = common;
    this.command = command;
    this.options = options;
    this.log = log;
  }

  void run() throws IOException {
    try (ModelOpening opening = ModelOpening.start(command.model(), command.modelOptions())) {
      DataOptions.Rows rows =
          command.data().read(opening.classCount(), options.seed(), command.cache());
      times.end("read");
      ClassifierModel model = opening.model();
      times.end("load");
      RunFiles files = new RunFiles(command.createRun(), rows);
      log.alsoTo(files.directory().log());
      logStart(files, rows, model);
      files.writeConfig(TrainRecord.of(command, options, rows, opening.file(), model.deviceName()));
      train(model, rows, files);
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

  private void train(ClassifierModel model, DataOptions.Rows rows, RunFiles files)
      throws IOException {
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), common.progressBar());
    model.initialize(options.seed());
    Score trainScore;
    int trainRows = rows.train().size();
    TestScores test;
    try (HeadTraining head = headTraining(model, rows, inference);
        Background<?> samples = Background.run("samples", files::drawSamples)) {
      times.end("features", command.usesFeatureCache() ? rows.count() : 0);
      files.writeHistory(fit(model, head, rows.train()));
      times.end("fit", (long) options.epochs() * trainRows);
      trainScore = head.scoreTraining();
      test = TestScores.of(head, rows);
      samples.get();
    }
    times.end("evaluate", rows.test().size());
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

  private HistoryTable fit(ClassifierModel model, HeadTraining head, ImageSet rows)
      throws IOException {
    Regularization regularization =
        command.recipe().regularization(rows.labels(), model.shape().classCount());
    EpochSpeeds speeds = new EpochSpeeds();
    Trainer trainer =
        new Trainer(
            options,
            chunk ->
                head.train(
                    new HeadSteps(
                        chunk.rows(), chunk.learningRates(), regularization, options.seed())),
            head::scoreValidation,
            TrainingListener.all(new EpochPrinter(common.progressBar()), speeds),
            System::nanoTime);
    History history = trainer.fit(rows.size());
    return new HistoryTable(history, speeds.columns());
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
