package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.report.RunValues;

/**
 * A confusion matrix as a table.
 *
 * @param columns the classes as predicted
 * @param rows the classes as they are
 */
record MatrixView(List<String> columns, List<Row> rows) {
  /** A true class and its counts by predicted class. */
  record Row(String name, List<Cell> cells) {}

  /**
   * A count.
   *
   * @param count rows
   * @param percent of the true class; empty where there are no rows
   * @param title what hovering says
   * @param shade share of the true class, 0 to 1
   * @param isStrong whether the shade is too dark for dark text
   * @param link {@code TRUE-PREDICTED} for a mistake, else empty
   */
  record Cell(
      String count, String percent, String title, String shade, boolean isStrong, String link) {}

  static MatrixView of(RunValues run) {
    ConfusionMatrix matrix = run.result().evaluation().matrix();
    List<String> names = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < matrix.classCount(); t++) {
      List<Cell> cells = new ArrayList<>();
      for (int p = 0; p < matrix.classCount(); p++) {
        cells.add(cell(run, matrix, t, p));
      }
      names.add(run.label(t));
      rows.add(new Row(run.label(t), cells));
    }
    return new MatrixView(names, rows);
  }

  private static Cell cell(RunValues run, ConfusionMatrix matrix, int t, int p) {
    long count = matrix.count(t, p);
    double share = matrix.shareOfTrue(t, p);
    String title =
        "%s %s %s: %s of %s (%s)"
            .formatted(
                run.label(t),
                t == p ? "predicted" : "taken for",
                t == p ? "right" : run.label(p),
                Text.count(count),
                Text.rows(matrix.support(t)),
                Text.percent(share));
    return new Cell(
        Text.count(count),
        count > 0 ? Text.percent(share) : "",
        title,
        String.format(Locale.ROOT, "%.3f", share),
        share > 0.45,
        t != p && count > 0 ? t + "-" + p : "");
  }
}
