package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.ExplanationChart;
import org.virusmnist.chart.ExplanationPicture;
import org.virusmnist.chart.ImportantByte;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.ExplanationsCsv;

/** The files that say which bytes drove decisions. */
public final class ExplanationFiles {
  private final Path directory;
  private final ClassNames names;

  /** Names the files of explanations in a directory. */
  public ExplanationFiles(Path directory, ClassNames names) {
    this.directory = directory;
    this.names = names;
  }

  /** Returns the file with every byte's attribution. */
  public Path json() {
    return directory.resolve("explanations.json");
  }

  /** Returns the file with the bytes that weigh most. */
  public Path csv() {
    return directory.resolve("explanations.csv");
  }

  /** Returns the picture of one row. */
  public Path png(Explanation row) {
    return directory.resolve("explanations").resolve("row-%d.png".formatted(row.row()));
  }

  /** Writes the values, without pictures. */
  public void write(Explanations explanations) throws IOException {
    explanations.write(json());
    ExplanationsCsv.write(csv(), explanations.rows());
  }

  /** Draws a picture of every row, and shows how many there are. */
  public void draw(List<Explanation> rows, ProgressBar bar) throws IOException {
    bar.start();
    for (int i = 0; i < rows.size(); i++) {
      bar.show("Drawing", i, rows.size(), "");
      draw(rows.get(i));
    }
    bar.clear();
  }

  /** Draws the picture of one row. */
  void draw(Explanation row) throws IOException {
    ExplanationChart.write(png(row), picture(row), ChartStyle.light());
  }

  private ExplanationPicture picture(Explanation row) {
    return new ExplanationPicture(
        title(row),
        figures(row),
        row.grey(),
        row.attributions(),
        row.occlusion(),
        row.bytes().stream()
            .map(
                one -> new ImportantByte(one.offset(), one.value(), one.field(), one.attribution()))
            .toList());
  }

  /** Returns what a picture is headed with: the row, its class, what it was taken for. */
  public String title(Explanation row) {
    Integer label = row.label();
    return String.format(
        Locale.ROOT,
        "Row %d: predicted %s with %.1f %%%s; why %s",
        row.row(),
        label(row.predicted()),
        100 * row.probability(),
        label == null ? "" : ", true " + label(label),
        label(row.explainedClass()));
  }

  /** Returns how far the attributions add up and agree with occlusion. */
  public static String figures(Explanation row) {
    return String.format(
        Locale.ROOT,
        "logit %.3f, of a black image %.3f; sums agree within %.2f %%; rank correlation with"
            + " occlusion %.2f",
        row.logit(),
        row.baselineLogit(),
        100 * row.relativeGap(),
        Objects.requireNonNullElse(row.occlusionRankCorrelation(), Double.NaN));
  }

  private String label(int label) {
    String number = Integer.toString(label);
    return names.name(label).equals(number) ? number : number + " " + names.name(label);
  }
}
