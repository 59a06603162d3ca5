package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The strict, diagnosing path: Commons CSV splits the cells, every cell is checked, and the first
 * fault is a {@link DatasetFormatException} with its line and column. What this class accepts is
 * what the application accepts.
 */
final class StrictRows implements RowSource {
  private static final int MAX_PIXEL = 255;

  private final CsvRecords records;
  private final CsvSchema schema;
  private final ColumnLayout layout;
  private final HashRule hashRule = new HashRule();
  private final byte[] grey;
  private long rows;

  private StrictRows(CsvRecords records, CsvSchema schema, ColumnLayout layout) {
    this.records = records;
    this.schema = schema;
    this.layout = layout;
    this.grey = new byte[schema.pixels()];
  }

  static StrictRows open(Path file, CsvSchema schema) throws IOException {
    CsvRecords records = CsvRecords.open(file);
    try {
      CSVRecord header = records.next();
      if (header == null) {
        throw new DatasetFormatException(
            file, 0, "is empty, expected a header and rows. Check how it was made.");
      }
      return new StrictRows(records, schema, ColumnLayout.of(file, header.toList(), schema));
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  /** Judges rows whose header was read before. */
  static StrictRows behindHeader(CsvRecords records, CsvSchema schema, ColumnLayout layout) {
    return new StrictRows(records, schema, layout);
  }

  @Override
  public ColumnLayout layout() {
    return layout;
  }

  @Override
  public long fileBytes() {
    return records.fileBytes();
  }

  @Override
  public int read(ImageRows target, int limit) throws IOException {
    int read = 0;
    while (read < limit) {
      CSVRecord record = records.next();
      if (record == null) {
        break;
      }
      append(record, target);
      read++;
    }
    if (rows == 0) {
      throw new DatasetFormatException(
          records.file(), 0, "has a header but no rows. Check how it was made.");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private void append(CSVRecord record, ImageRows target) throws IOException {
    if (record.size() != layout.columns()) {
      throw fault(
          0,
          "row has "
              + record.size()
              + " columns, expected "
              + layout.columns()
              + " as in the header.");
    }
    if (rows == schema.maxRows()) {
      throw fault(
          0,
          "is row "
              + (rows + 1)
              + " of the file, expected at most "
              + schema.maxRows()
              + " in memory. Split the file.");
    }
    int label = -1;
    String hash = null;
    for (int column = 0; column < record.size(); column++) {
      String cell = record.get(column);
      switch (layout.role(column)) {
        case ColumnLayout.LABEL -> label = integer(column, cell, schema.classCount() - 1);
        case ColumnLayout.HASH -> hash = hash(column, cell);
        default -> grey[layout.role(column)] = (byte) integer(column, cell, MAX_PIXEL);
      }
    }
    target.add(grey, label, hash);
    rows++;
  }

  private int integer(int column, String cell, int max) throws DatasetFormatException {
    int value = PlainInteger.parse(cell);
    if (value < 0 || value > max) {
      throw cellFault(column, cell, "an integer from 0 to " + max);
    }
    return value;
  }

  private @Nullable String hash(int column, String cell) throws DatasetFormatException {
    String expected = hashRule.expectedInsteadOf(cell);
    if (expected != null) {
      throw cellFault(column, cell, expected);
    }
    return cell.isEmpty() ? null : cell;
  }

  private DatasetFormatException cellFault(int column, String cell, String expected) {
    String hint =
        cell.indexOf('\0') < 0 ? "" : ". The file has NUL bytes: it is damaged or not text";
    return fault(
        column + 1,
        layout.name(column)
            + " is "
            + DatasetFormatException.quoted(cell)
            + ", expected "
            + expected
            + hint);
  }

  private DatasetFormatException fault(int column, String problem) {
    return new DatasetFormatException(records.file(), records.line(), column, problem);
  }
}
