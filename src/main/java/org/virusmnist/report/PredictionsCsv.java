package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.storage.AtomicFile;

/**
 * {@code predictions.csv}, written batch by batch in memory that does not grow with the rows:
 * {@code row,hash,label,predicted,probability,p0..p{C-1}}.
 *
 * <p>{@code row} counts data rows of the input from 0; {@code probability} is that of the predicted
 * class. An absent hash or label is an empty cell. A probability reads back as the same float. A
 * hash that a spreadsheet would take for a formula has a leading apostrophe. {@code
 * misclassified.csv} has the same columns.
 *
 * <p>The file appears at {@link #commit}; without it, closing leaves nothing behind. For one
 * thread.
 */
public final class PredictionsCsv implements AutoCloseable {
  private final AtomicFile file;
  private final CsvCells cells;
  private final int classCount;
  private long rows;

  private PredictionsCsv(AtomicFile file, int classCount) {
    this.file = file;
    this.cells = new CsvCells(file.stream());
    this.classCount = classCount;
  }

  /**
   * Starts a file with its header.
   *
   * @param target path of the file; missing parent directories are made
   * @param classCount C
   * @throws IOException if it cannot be written
   */
  public static PredictionsCsv open(Path target, int classCount) throws IOException {
    return open(target, classCount, List.of());
  }

  /** Starts a file that has more columns behind those of every such file. */
  static PredictionsCsv open(Path target, int classCount, List<String> more) throws IOException {
    PredictionsCsv csv = new PredictionsCsv(AtomicFile.open(target), classCount);
    csv.header(more);
    return csv;
  }

  /**
   * Writes a whole file.
   *
   * @param target path of the file; missing parent directories are made
   * @param classCount C
   * @param batches the rows in the order to write them
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path target, int classCount, Iterable<PredictionBatch> batches)
      throws IOException {
    try (PredictionsCsv csv = open(target, classCount)) {
      for (PredictionBatch batch : batches) {
        csv.add(batch);
      }
      csv.commit();
    }
  }

  /**
   * Reads a file row by row, in memory that does not grow with the rows.
   *
   * @param file path of {@code predictions.csv} or {@code misclassified.csv}
   * @param consumer takes each row as a batch of one
   * @throws IOException if it cannot be read, or with file, line and column if a cell is wrong
   */
  public static void read(Path file, Consumer<PredictionBatch> consumer) throws IOException {
    CsvFile.read(file, PredictionRow.COLUMNS, row -> consumer.accept(PredictionRow.read(row)));
  }

  /**
   * Appends the rows of a batch.
   *
   * @throws IOException if the disk is full or the like
   * @throws IllegalArgumentException if the batch has another number of classes
   */
  public void add(PredictionBatch batch) throws IOException {
    add(batch, (i, row) -> {});
  }

  /** Writes what stands behind the columns of every such file. */
  @FunctionalInterface
  interface MoreCells {
    void write(int i, CsvCells row);
  }

  void add(PredictionBatch batch, MoreCells more) throws IOException {
    if (batch.classCount() != classCount) {
      throw new IllegalArgumentException(
          "batch has " + batch.classCount() + " classes, expected " + classCount);
    }
    for (int i = 0; i < batch.size(); i++) {
      row(batch, i);
      more.write(i, cells);
      cells.endRow();
    }
    rows += batch.size();
  }

  /** Number of rows so far. */
  public long rows() {
    return rows;
  }

  /**
   * Makes the file appear under its name.
   *
   * @throws IOException if the disk is full or the like; the file is then as it was
   */
  public void commit() throws IOException {
    cells.flush();
    file.commit();
  }

  /** Ends the writing; without {@link #commit} before, the rows are thrown away. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private void header(List<String> more) throws IOException {
    cells.raw("row,hash,label,predicted,probability");
    for (int c = 0; c < classCount; c++) {
      cells.raw(",p" + c);
    }
    more.forEach(column -> cells.raw("," + column));
    cells.endRow();
  }

  private void row(PredictionBatch batch, int i) {
    cells.whole(batch.row(i));
    cells.separator();
    hash(batch.hash(i));
    cells.separator();
    if (batch.hasLabels()) {
      cells.whole(batch.label(i));
    }
    cells.separator();
    cells.whole(batch.predicted(i));
    cells.separator();
    cells.real(batch.confidence(i));
    for (int c = 0; c < classCount; c++) {
      cells.separator();
      cells.real(batch.probability(i, c));
    }
  }

  private void hash(@Nullable String hash) {
    if (hash != null) {
      cells.text(hash);
    }
  }
}
