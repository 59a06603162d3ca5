package org.virusmnist.cli.inspect;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.DatasetSummary;

/** Prints what is in a data set. */
final class SummaryPrinter {
  private final PrintWriter out;
  private final ClassNames names;

  SummaryPrinter(PrintWriter out, ClassNames names) {
    this.out = out;
    this.names = names;
  }

  void print(Path file, DatasetSummary summary) {
    print("%s", file);
    print("  shape          (%d, %d)", summary.rows(), summary.columns());
    print("  columns        %s", columns(summary));
    print(
        "  value range    %d to %d, mean %.1f",
        summary.minPixel(), summary.maxPixel(), summary.meanPixel());
    print("  start with MZ  %.1f %% of the rows", 100 * summary.mzShare());
    print("  constant rows  %d", summary.constantRows());
    printCounts(summary.classCounts(), summary.rows());
  }

  private static String columns(DatasetSummary summary) {
    List<Integer> counts = summary.classCounts();
    boolean hasLabels = !counts.isEmpty();
    boolean hasHashes = summary.columns() - 1024 - (hasLabels ? 1 : 0) > 0;
    return (hasLabels ? "label, " : "") + "pixel1 to pixel1024" + (hasHashes ? ", hash" : "");
  }

  private void printCounts(List<Integer> counts, int rows) {
    if (counts.isEmpty()) {
      return;
    }
    print("  classes        %d", counts.size());
    TextTable table = new TextTable("lrr");
    for (int label = 0; label < counts.size(); label++) {
      table.row(
          "    " + label + " " + (names.name(label).equals("" + label) ? "" : names.name(label)),
          String.format(Locale.ROOT, "%,d", counts.get(label)),
          String.format(Locale.ROOT, "%.1f %%", 100.0 * counts.get(label) / rows));
    }
    table.print(out);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
