package org.virusmnist.cli.inspect;

import java.io.PrintWriter;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.virusmnist.audit.NearCount;
import org.virusmnist.cli.console.TextTable;

/** Prints what an audit found. */
final class AuditPrinter {
  private final PrintWriter out;

  AuditPrinter(PrintWriter out) {
    this.out = out;
  }

  /** Prints rows with equal pixels; labels that disagree make a class impossible to learn. */
  void printEqual(Audit audit, List<String> names) {
    out.println(
        "Audit: rows that repeat an earlier row, and rows whose pixels have another label too");
    TextTable table = new TextTable("lrrrr").row("  file", "repeated", "", "conflicting", "");
    for (int set = 0; set < names.size(); set++) {
      int rows = (set == 0 || audit.test() == null ? audit.train() : audit.test()).rows();
      int repeated = audit.equal().duplicates(set).cardinality();
      int conflicting = audit.equal().conflicts(set).cardinality();
      table.row(
          "  " + names.get(set),
          whole(repeated),
          share(repeated, rows),
          whole(conflicting),
          share(conflicting, rows));
    }
    table.print(out);
  }

  /** Prints how many rows have a near neighbour, and what that does to the accuracy. */
  void printNear(String title, List<NearCount> counts) {
    out.println(title);
    boolean hasAccuracy = counts.get(0).correctOthers() != null;
    TextTable table = new TextTable("rrrrr");
    table.row(header(hasAccuracy));
    for (NearCount count : counts) {
      table.row(row(count, hasAccuracy));
    }
    table.print(out);
  }

  /** Prints the accuracy over all rows, that of the other lines being over parts of them. */
  void printAccuracy(BitSet correct, int rows) {
    out.println(
        String.format(
            Locale.ROOT,
            "  accuracy over all %,d rows: %.4f",
            rows,
            (double) correct.cardinality() / rows));
  }

  private static String[] header(boolean hasAccuracy) {
    return hasAccuracy
        ? new String[] {"  bytes", "rows", "share", "rows without", "accuracy without"}
        : new String[] {"  bytes", "rows", "share"};
  }

  private static String[] row(NearCount count, boolean hasAccuracy) {
    String bytes = Integer.toString(count.bytes());
    String rows = whole(count.rows());
    String share = share(count.rows(), count.total());
    return hasAccuracy
        ? new String[] {bytes, rows, share, whole(count.others()), accuracy(count)}
        : new String[] {bytes, rows, share};
  }

  private static String accuracy(NearCount count) {
    OptionalDouble accuracy = count.accuracyOfOthers();
    return accuracy.isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", accuracy.getAsDouble());
  }

  private static String whole(int value) {
    return Integer.toString(value);
  }

  private static String share(int part, int whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
