package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.FileProgress;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.cli.input.BesideCsv;
import org.virusmnist.cli.input.SkippedFiles;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.imaging.FileFinder;
import org.virusmnist.imaging.FileImage;
import org.virusmnist.imaging.FileImage.Drawn;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.imaging.FileReader;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.metrics.VerdictRule.Verdict;
import org.virusmnist.report.VerdictsCsv;

/** What {@code predict} does with executables: a verdict on each. */
final class PredictFilesJob {
  private static final Logger LOG = LogManager.getLogger(PredictFilesJob.class);

  private final CommonOptions common;
  private final PredictCommand command;
  private final Map<String, Long> counts = new TreeMap<>();
  private final SkippedFiles skipped;
  private long rows;

  PredictFilesJob(CommonOptions common, PredictCommand command) {
    this.common = common;
    this.command = command;
    Path output = command.output();
    this.skipped = new SkippedFiles(output == null ? null : BesideCsv.of(output, "skipped.csv"));
  }

  void run() throws IOException {
    ModelLocation location = ModelLocation.find(command.model());
    TrainedOnFiles training = TrainedOnFiles.of(location);
    VerdictRule rule = training.rule(command.unsureBelow());
    FileFinder finder = new FileFinder(command.files(), command.followsLinks());
    try (ModelOpening opening = ModelOpening.start(location.directory(), command.modelOptions());
        VerdictsCsv csv = open(opening.classCount());
        skipped) {
      skipped.open();
      FilePredictions predictions =
          new FilePredictions(
              finder, new FileReader(training.recipe(), command.hash()), opening.model());
      FileProgress progress =
          FileProgress.start(common.progressBar(), command.files(), command.followsLinks());
      predictions.run(
          new InferenceRunner(command.modelOptions(), common),
          predicted -> {
            write(predicted, rule, csv);
            predicted.files().forEach(image -> progress.add(image.file()));
          });
      progress.end();
      skipped.commit();
      requireRows();
      if (csv != null) {
        csv.commit();
      }
    }
    print();
  }

  private @Nullable VerdictsCsv open(int classCount) throws IOException {
    Path output = command.output();
    return output == null ? null : VerdictsCsv.open(output, classCount, true);
  }

  private void write(
      FilePredictions.Predicted predicted, VerdictRule rule, @Nullable VerdictsCsv csv)
      throws IOException {
    PredictionBatch batch =
        PredictionBatch.of(rows, rule.classNames().size(), predicted.probabilities())
            .withHashes(predicted.hashes());
    List<Verdict> verdicts = rule.judge(batch);
    rows += batch.size();
    verdicts.forEach(verdict -> counts.merge(verdict.text(), 1L, Long::sum));
    if (csv != null) {
      csv.add(batch, verdicts, predicted.paths());
    }
    Iterator<Verdict> next = verdicts.iterator();
    VerdictPrinter printer = new VerdictPrinter(common.out(), rule.classNames());
    for (FileImage file : predicted.files()) {
      if (file instanceof Skipped without) {
        skipped.add(without);
      }
      Verdict verdict = file instanceof Drawn ? next.next() : null;
      if (csv == null && command.json().isOn()) {
        common.out().println(VerdictPrinter.json(file, verdict));
      } else if (csv == null && isWorthALine(file)) {
        printer.print(file, verdict);
      }
    }
  }

  /** A folder may be full of files that are no programs; one that was named has its line. */
  private boolean isWorthALine(FileImage file) {
    return !(file instanceof Skipped without)
        || !without.isNoProgram()
        || command.files().contains(file.file().path());
  }

  private void requireRows() throws IOException {
    if (rows == 0) {
      throw new DatasetFormatException(
          command.files().get(0),
          0,
          0,
          "no Windows executable there. Of the files, " + skipped.summary());
    }
  }

  private void print() {
    Path output = command.output();
    if (output == null) {
      LOG.info("{} verdicts, {}", rows, skipped.summary());
      return;
    }
    command
        .json()
        .print(
            common.out(),
            Map.of("output", output, "rows", rows, "verdicts", counts, "skipped", skipped.count()));
    if (command.json().isOn()) {
      return;
    }
    print("Wrote %s: %,d verdicts", output, rows);
    TextTable table = new TextTable("lr");
    counts.forEach(
        (verdict, count) -> table.row("  " + verdict, String.format(Locale.ROOT, "%,d", count)));
    table.print(common.out());
    print("Wrote %s: %s", BesideCsv.of(output, "skipped.csv"), skipped.summary());
  }

  private void print(String format, Object... values) {
    common.out().println(String.format(Locale.ROOT, format, values));
  }
}
