package org.virusmnist.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.ExplanationChart;
import org.virusmnist.chart.ExplanationPicture;
import org.virusmnist.chart.ImportantByte;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.inference.ByteExplanation;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.ExplanationsCsv;

/** Writes and prints explanations. */
final class ExplanationFiles {
  private final PrintWriter out;
  private final ClassNames names;
  private final Path directory;

  ExplanationFiles(PrintWriter out, ClassNames names, Path directory) {
    this.out = out;
    this.names = names;
    this.directory = directory;
  }

  void write(List<ExplainedRow> rows, int steps) throws IOException {
    for (ExplainedRow row : rows) {
      print(row);
      Path png = directory.resolve("explanations/row-%d.png".formatted(row.row()));
      ExplanationChart.write(png, picture(row), ChartStyle.light());
      out.println("Wrote " + png);
      out.println();
    }
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("steps", steps);
    record.put("rows", rows.stream().map(ExplainedRow::record).toList());
    ConfigJson.write(directory.resolve("explanations.json"), record);
    ExplanationsCsv.write(
        directory.resolve("explanations.csv"),
        rows.stream().flatMap(row -> csv(row).stream()).toList());
    out.println("Wrote " + directory.resolve("explanations.json"));
    out.println("Wrote " + directory.resolve("explanations.csv"));
  }

  private void print(ExplainedRow row) {
    out.println(title(row));
    out.println("  " + figures(row));
    TextTable table =
        new TextTable("rrrrl").row("  offset", "byte", "attribution", "occlusion", "field");
    for (ImportantByte important : row.bytes()) {
      table.row(
          String.format(Locale.ROOT, "0x%03x", important.offset()),
          String.format(Locale.ROOT, "%02x", important.value()),
          number(important.attribution()),
          number(row.explanation().occlusion()[important.offset()]),
          important.field());
    }
    table.print(out);
  }

  private ExplanationPicture picture(ExplainedRow row) {
    ByteExplanation explanation = row.explanation();
    return new ExplanationPicture(
        title(row),
        figures(row),
        explanation.grey(),
        explanation.attributions(),
        explanation.occlusion(),
        row.bytes());
  }

  private String title(ExplainedRow row) {
    PredictionBatch prediction = row.prediction();
    String truth = prediction.hasLabels() ? ", true " + label(prediction.label(0)) : "";
    return String.format(
        Locale.ROOT,
        "Row %d: predicted %s with %.1f %%%s; why %s",
        row.row(),
        label(prediction.predicted(0)),
        100 * prediction.confidence(0),
        truth,
        label(row.label()));
  }

  private static String figures(ExplainedRow row) {
    return String.format(
        Locale.ROOT,
        "logit %.3f, of a black image %.3f; sums agree within %.2f %%; rank correlation with"
            + " occlusion %.2f",
        row.gradients().logits()[0],
        row.gradients().baselineLogits()[0],
        100 * row.gradients().relativeGap(0),
        row.explanation().agreement());
  }

  private static List<ExplanationsCsv.Line> csv(ExplainedRow row) {
    float[] occlusion = row.explanation().occlusion();
    return row.bytes().stream()
        .map(
            important ->
                new ExplanationsCsv.Line(
                    row.row(),
                    row.label(),
                    important.offset(),
                    important.value(),
                    important.field(),
                    important.attribution(),
                    occlusion[important.offset()]))
        .toList();
  }

  private String label(int label) {
    String number = Integer.toString(label);
    return names.name(label).equals(number) ? number : number + " " + names.name(label);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
