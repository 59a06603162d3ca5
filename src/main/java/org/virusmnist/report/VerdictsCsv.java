package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.VerdictRule.Verdict;

/**
 * Predictions with verdicts: the columns of {@link PredictionsCsv}, then {@code
 * calibrated_probability,verdict}, and {@code file} where the rows are files.
 *
 * <p>The file appears at {@link #commit}; without it, closing leaves nothing behind. For one
 * thread.
 */
public final class VerdictsCsv implements AutoCloseable {
  private final PredictionsCsv predictions;

  private VerdictsCsv(PredictionsCsv predictions) {
    this.predictions = predictions;
  }

  /**
   * Starts a file with its header.
   *
   * @param target path of the file; missing parent directories are made
   * @param classCount C
   * @param hasFiles whether the rows are files
   * @throws IOException if it cannot be written
   */
  public static VerdictsCsv open(Path target, int classCount, boolean hasFiles) throws IOException {
    List<String> columns = new ArrayList<>(List.of("calibrated_probability", "verdict"));
    if (hasFiles) {
      columns.add("file");
    }
    return new VerdictsCsv(PredictionsCsv.open(target, classCount, columns));
  }

  /**
   * Appends the rows of a batch.
   *
   * @param batch N predictions
   * @param verdicts N verdicts
   * @param files N files; none where the rows are no files
   * @throws IOException if the disk is full or the like
   */
  public void add(PredictionBatch batch, List<Verdict> verdicts, List<Path> files)
      throws IOException {
    predictions.add(
        batch,
        (i, cells) -> {
          cells.separator();
          cells.real(verdicts.get(i).probability());
          cells.separator();
          cells.text(verdicts.get(i).text());
          if (!files.isEmpty()) {
            cells.separator();
            cells.text(files.get(i).toString());
          }
        });
  }

  /** Number of rows so far. */
  public long rows() {
    return predictions.rows();
  }

  /**
   * Makes the file appear under its name.
   *
   * @throws IOException if the disk is full or the like; the file is then as it was
   */
  public void commit() throws IOException {
    predictions.commit();
  }

  /** Ends the writing; without {@link #commit} before, the rows are thrown away. */
  @Override
  public void close() throws IOException {
    predictions.close();
  }
}
