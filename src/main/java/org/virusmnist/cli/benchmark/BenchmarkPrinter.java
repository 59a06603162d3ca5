package org.virusmnist.cli.benchmark;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.metrics.Throughput;

/** Measurements as a table, under what they depend on. */
final class BenchmarkPrinter {
  private static final double BYTES_PER_MIB = 1 << 20;

  private final PrintWriter out;

  BenchmarkPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(Map<String, String> environment, List<Throughput> rows) {
    TextTable facts = new TextTable("ll");
    environment.forEach((name, value) -> facts.row(name.replace('_', ' '), value));
    facts.print(out);
    out.println();
    TextTable table = new TextTable("lllrrrrrrrr");
    table.row(
        "work",
        "device",
        "precision",
        "batch",
        "images/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "peak MiB",
        "in flight",
        "calls");
    rows.forEach(row -> table.row(cells(row)));
    table.print(out);
    out.println();
    out.println(
        "Latency is that of one batch, from its bytes in Java to its result in Java; a step's is the"
            + " mean over the steps of a call.");
  }

  private static String[] cells(Throughput row) {
    Long peak = row.peakMemoryBytes();
    return new String[] {
      row.work().replace('_', ' '),
      row.device(),
      row.precision(),
      Integer.toString(row.batchSize()),
      format("%,.0f", row.imagesPerSecond()),
      millis(row.latency().p50()),
      millis(row.latency().p95()),
      millis(row.latency().p99()),
      peak == null ? "unknown" : format("%,.0f", peak / BYTES_PER_MIB),
      Integer.toString(row.callsInFlight()),
      Integer.toString(row.calls())
    };
  }

  private static String millis(double value) {
    return format(value < 10 ? "%.2f" : "%,.1f", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
