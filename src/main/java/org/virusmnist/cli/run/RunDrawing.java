package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.ConfusionMatrixChart;
import org.virusmnist.chart.CoverageChart;
import org.virusmnist.chart.CurvesChart;
import org.virusmnist.chart.ReliabilityChart;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.report.EvaluationJson;
import org.virusmnist.report.RunDetails;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.report.RunValues;
import org.virusmnist.report.html.ReportPage;

/** Draws a run's charts and its page from its files alone, after training or years later. */
public final class RunDrawing {
  private final RunDirectory directory;
  private final RunValues run;
  private final ChartStyle style = ChartStyle.light();

  private RunDrawing(RunDirectory directory, RunValues run) {
    this.directory = directory;
    this.run = run;
  }

  /** Reads a run's files. */
  public static RunDrawing read(RunDirectory directory) throws IOException {
    if (!Files.isRegularFile(directory.config())) {
      throw new IOException(
          "%s: is no run, expected a file 'config.json' in it. Name a directory that train wrote."
              .formatted(directory.root()));
    }
    int classCount = EvaluationJson.read(directory.evaluation()).classNames().size();
    RunValues run = RunValues.read(directory, RunPictures.mistakes(directory, classCount));
    RunDetails details = run.details().withSamples(RunPictures.samples(directory, classCount));
    return new RunDrawing(directory, run.with(details));
  }

  RunValues values() {
    return run;
  }

  /** Draws {@code report.html}; throws {@code IOException} if a file of the run cannot be read. */
  public void page() throws IOException {
    ReportPage.write(directory.report(), run);
  }

  /** Draws something; throws {@code IOException} if a file of the run cannot be read. */
  @FunctionalInterface
  interface Part {
    void draw() throws IOException;
  }

  /** Returns everything there is to draw again, each file apart. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(chartParts());
    parts.add(this::samples);
    ExplanationFiles files =
        new ExplanationFiles(directory.root(), ClassNames.of(run.classNames()));
    run.explanations().rows().stream()
        .filter(row -> Files.exists(files.png(row))) // those that explain has drawn
        .forEach(row -> parts.add(() -> files.draw(row)));
    parts.add(this::page);
    return parts;
  }

  /** Draws the charts as PNG; throws {@code IOException} if a file of the run cannot be read. */
  public void charts() throws IOException {
    for (Part chart : chartParts()) {
      chart.draw();
    }
  }

  private List<Part> chartParts() {
    return List.of(
        () -> CurvesChart.write(directory.curvesChart(), run.history().history(), style),
        this::confusionMatrix,
        () ->
            ReliabilityChart.write(
                directory.reliabilityChart(), run.result().evaluation().calibration(), style),
        () -> CoverageChart.write(directory.coverageChart(), run.coverage(), style),
        this::mistakes);
  }

  private void mistakes() throws IOException {
    if (run.images().size() > 0) {
      ImageGrids.mistakes(run, directory.misclassifiedChart());
    }
  }

  private void confusionMatrix() throws IOException {
    Evaluation evaluation = run.result().evaluation();
    ConfusionMatrixChart.write(
        directory.confusionMatrixChart(),
        evaluation.matrix(),
        run.classNames(),
        String.format(
            Locale.ROOT,
            "%,d test images, accuracy %.1f %%",
            evaluation.rows(),
            100 * evaluation.accuracy()),
        style);
  }

  /** Draws the samples that the run keeps; nothing where it keeps none. */
  private void samples() throws IOException {
    long rows = (long) run.config().at("data", "train", "rows").number();
    samples(directory, rows, ClassNames.of(run.classNames()));
  }

  /** Draws the samples out of so many rows. */
  public static void samples(RunDirectory directory, long rows, ClassNames names)
      throws IOException {
    if (Files.exists(directory.sampleImages())) {
      ImageSet samples = ImageCsv.read(directory.sampleImages(), names.size(), Labels.OPTIONAL);
      ImageGrids.samples(samples, rows, names, directory.samplesChart());
    }
  }
}
