package org.virusmnist.cli.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.PredictionsCsv;

/** Which rows of a data set were predicted right. */
public final class CorrectRows {
  private CorrectRows() {}

  /** Reads predictions of every row of these images, in their order. */
  static BitSet read(Path fileOrRun, ImageSet images) throws IOException {
    if (!images.hasLabels()) {
      throw new IOException(
          images.source() + ": has no labels, so nothing in it is right or wrong. Add them.");
    }
    Path file = Files.isDirectory(fileOrRun) ? fileOrRun.resolve("predictions.csv") : fileOrRun;
    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(file, rows::add);
    if (rows.size() != images.size()) {
      throw mismatch(file, images, "%d rows, expected %d".formatted(rows.size(), images.size()));
    }
    BitSet correct = new BitSet();
    for (int row = 0; row < rows.size(); row++) {
      PredictionBatch batch = rows.get(row);
      int label = images.label(row);
      if (batch.row(0) != row || (batch.hasLabels() && batch.label(0) != label)) {
        throw mismatch(
            file, images, "row %d there is not row %d here".formatted(batch.row(0), row));
      }
      correct.set(row, batch.predicted(0) == label);
    }
    return correct;
  }

  /** Returns the rows of some predictions that are right. */
  public static BitSet of(List<PredictionBatch> batches) {
    BitSet correct = new BitSet();
    for (PredictionBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        correct.set(Math.toIntExact(batch.row(i)), batch.isCorrect(i));
      }
    }
    return correct;
  }

  private static IOException mismatch(Path file, ImageSet images, String problem) {
    return new IOException(
        "%s: has %s. These are not predictions of %s; name those."
            .formatted(file, problem, images.source()));
  }
}
