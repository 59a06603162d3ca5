package org.virusmnist.cli.train;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.report.BaselineScore;

/** Baselines as text for a terminal. */
final class BaselineTable {
  private BaselineTable() {}

  /** Prints a row for each; nothing where there is none. */
  static void print(List<BaselineScore> baselines, PrintWriter out) {
    if (baselines.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable("lrrrr").row("baseline", "accuracy", "macro F1", "balanced", "seconds");
    for (BaselineScore score : baselines) {
      table.row(
          score.model(),
          number("%.4f", score.accuracy()),
          number("%.4f", score.macroF1()),
          number("%.4f", score.balancedAccuracy()),
          number("%.1f", score.seconds()));
    }
    table.print(out);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
