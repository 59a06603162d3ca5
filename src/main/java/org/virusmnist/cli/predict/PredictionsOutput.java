package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.PredictionsCsv;

/** Where predictions are streamed to: a file that appears when it is complete, or nowhere. */
final class PredictionsOutput implements AutoCloseable {
  private final @Nullable PredictionsCsv writer;
  private long rows;

  private PredictionsOutput(@Nullable PredictionsCsv writer) {
    this.writer = writer;
  }

  static PredictionsOutput open(@Nullable Path file, int classCount) throws IOException {
    return new PredictionsOutput(file == null ? null : PredictionsCsv.open(file, classCount));
  }

  void write(PredictionBatch batch) throws IOException {
    rows += batch.size();
    if (writer != null) {
      writer.add(batch);
    }
  }

  void commit() throws IOException {
    if (writer != null) {
      writer.commit();
    }
  }

  long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
