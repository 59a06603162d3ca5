package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Throughput;

/**
 * Measurements as files: {@code benchmark.csv} with a row each, {@code benchmark.json} with the
 * machine before them. Latencies are milliseconds of a batch; what is unknown is an empty cell or
 * null.
 */
public final class BenchmarkFiles {
  private static final List<String> COLUMNS =
      List.of(
          "work",
          "device",
          "precision",
          "batch_size",
          "steps_per_call",
          "calls_in_flight",
          "calls",
          "images_per_second",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "peak_memory_mib");

  private BenchmarkFiles() {}

  /**
   * Writes the measurements as CSV.
   *
   * @param target path of the file; missing parent directories are made
   * @param rows the measurements in their order
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void writeCsv(Path target, List<Throughput> rows) throws IOException {
    CsvFile.write(
        target,
        printer -> {
          printer.printRecord(COLUMNS);
          for (Throughput row : rows) {
            printer.printRecord(record(row).values());
          }
        });
  }

  /**
   * Writes machine and measurements as JSON.
   *
   * @param target path of the file; missing parent directories are made
   * @param environment name and value of each fact, in their order
   * @param rows the measurements in their order
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void writeJson(Path target, Map<String, String> environment, List<Throughput> rows)
      throws IOException {
    JsonFile.write(target, document(environment, rows));
  }

  /**
   * Returns what {@link #writeJson} writes.
   *
   * @param environment name and value of each fact, in their order
   * @param rows the measurements in their order
   * @return the text, lines ending in line feeds
   */
  public static String json(Map<String, String> environment, List<Throughput> rows) {
    return JsonFile.text(document(environment, rows));
  }

  private static Map<String, Object> document(
      Map<String, String> environment, List<Throughput> rows) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("environment", environment);
    document.put("measurements", rows.stream().map(BenchmarkFiles::record).toList());
    return document;
  }

  private static Map<String, @Nullable Object> record(Throughput row) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    Object[] values = {
      row.work(),
      row.device(),
      row.precision(),
      row.batchSize(),
      row.stepsPerCall(),
      row.callsInFlight(),
      row.calls(),
      rounded(row.imagesPerSecond(), 10),
      rounded(row.latency().p50(), 1000),
      rounded(row.latency().p95(), 1000),
      rounded(row.latency().p99(), 1000)
    };
    for (int i = 0; i < values.length; i++) {
      record.put(COLUMNS.get(i), values[i]);
    }
    Long peak = row.peakMemoryBytes();
    record.put(COLUMNS.get(values.length), peak == null ? null : peak >> 20);
    return record;
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
