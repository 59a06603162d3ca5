package org.virusmnist.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.PredictionBatch;

/** One row of {@code predictions.csv} back as a batch of one. */
final class PredictionRow {
  /** Columns of every such file; p1 and on follow, then columns that are not read. */
  static final List<String> COLUMNS =
      List.of("row", "hash", "label", "predicted", "probability", "p0");

  private PredictionRow() {}

  static PredictionBatch read(CsvRow row) throws IOException {
    PredictionBatch batch = withoutText(row);
    if (row.index("predicted") != batch.predicted(0)) {
      throw row.problem(
          "predicted is '%s', but p%d is largest"
              .formatted(row.text("predicted"), batch.predicted(0)));
    }
    if (row.realFloat("probability") != batch.confidence(0)) {
      throw row.problem(
          "probability is '%s', but p%d is %s"
              .formatted(row.text("probability"), batch.predicted(0), batch.confidence(0)));
    }
    return batch.withHashes(new @Nullable String[] {hash(row.text("hash"))});
  }

  private static PredictionBatch withoutText(CsvRow row) throws IOException {
    float[] probabilities = probabilities(row);
    try {
      PredictionBatch batch =
          PredictionBatch.of(row.whole("row"), probabilities.length, probabilities);
      return row.text("label").isEmpty() ? batch : batch.withLabels(new int[] {row.index("label")});
    } catch (IllegalArgumentException e) {
      throw row.problem(e);
    }
  }

  private static float[] probabilities(CsvRow row) throws IOException {
    int classCount = (int) row.header().stream().filter(name -> name.matches("p\\d+")).count();
    float[] probabilities = new float[classCount];
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = row.realFloat("p" + c);
    }
    return probabilities;
  }

  private static @Nullable String hash(String cell) {
    return cell.isEmpty() ? null : SpreadsheetText.restore(cell);
  }
}
