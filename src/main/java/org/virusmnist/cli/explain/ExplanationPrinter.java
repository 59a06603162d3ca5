package org.virusmnist.cli.explain;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.cli.run.ExplanationFiles;
import org.virusmnist.report.Explanation;

/** Prints which bytes drove decisions, and where it is written. */
final class ExplanationPrinter {
  private final PrintWriter out;
  private final ExplanationFiles files;

  ExplanationPrinter(PrintWriter out, ExplanationFiles files) {
    this.out = out;
    this.files = files;
  }

  void print(List<Explanation> rows) {
    for (Explanation row : rows) {
      print(row);
      out.println("Wrote " + files.png(row));
      out.println();
    }
    out.println("Wrote " + files.json());
    out.println("Wrote " + files.csv());
  }

  private void print(Explanation row) {
    out.println(files.title(row));
    out.println("  " + ExplanationFiles.figures(row));
    TextTable table =
        new TextTable("rrrrl").row("  offset", "byte", "attribution", "occlusion", "field");
    for (Explanation.ExplainedByte one : row.bytes()) {
      table.row(
          String.format(Locale.ROOT, "0x%03x", one.offset()),
          String.format(Locale.ROOT, "%02x", one.value()),
          number(one.attribution()),
          number(one.occlusion()),
          one.field());
    }
    table.print(out);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
