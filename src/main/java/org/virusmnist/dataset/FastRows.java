package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rows through the scanner as long as they are plain, then through Commons CSV.
 *
 * <p>The scanner judges nothing: at the first odd row, or any fault of the file, the strict path
 * reads the file again from its start, drops the rows already delivered and goes on. So every
 * verdict, message and line number is that of {@link StrictRows}. What cannot be read twice, such
 * as a pipe, is read strictly from the start.
 */
final class FastRows implements RowSource {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int ROWS_SKIPPED_AT_ONCE = 256;

  private final Path file;
  private final CsvSchema schema;
  private final ScannedRows scanned;
  private @Nullable StrictRows strict;

  private FastRows(Path file, CsvSchema schema, ScannedRows scanned) {
    this.file = file;
    this.schema = schema;
    this.scanned = scanned;
  }

  static RowSource open(Path file, CsvSchema schema) throws IOException {
    return open(file, schema, BUFFER_BYTES);
  }

  static RowSource open(Path file, CsvSchema schema, int bufferBytes) throws IOException {
    ScannedRows scanned =
        Files.isRegularFile(file) ? ScannedRows.open(file, schema, bufferBytes) : null;
    return scanned == null ? StrictRows.open(file, schema) : new FastRows(file, schema, scanned);
  }

  /** Returns whether an odd row made the strict path take over. */
  boolean isStrict() {
    return strict != null;
  }

  @Override
  public ColumnLayout layout() {
    return scanned.layout();
  }

  @Override
  public long fileBytes() {
    return strict == null ? scanned.fileBytes() : strict.fileBytes();
  }

  @Override
  public int read(ImageRows target, int limit) throws IOException {
    int before = target.size();
    if (strict == null) {
      scanned.read(target, limit);
      if (!scanned.isOdd()) {
        return target.size() - before;
      }
      strict = takeOver();
    }
    int read = target.size() - before;
    return read == limit ? read : read + strict.read(target, limit - read);
  }

  @Override
  public void close() throws IOException {
    scanned.close();
    if (strict != null) {
      strict.close();
    }
  }

  private StrictRows takeOver() throws IOException {
    scanned.close();
    StrictRows rows = StrictRows.open(file, schema);
    try {
      skip(rows, scanned.rows());
      return rows;
    } catch (IOException e) {
      rows.close();
      throw e;
    }
  }

  private void skip(StrictRows rows, long count) throws IOException {
    long left = count;
    while (left > 0) {
      ImageRows dropped =
          new ImageRows(schema.pixels(), layout().hasLabels(), layout().hasHashes());
      left -= rows.read(dropped, (int) Math.min(left, ROWS_SKIPPED_AT_ONCE));
    }
  }
}
