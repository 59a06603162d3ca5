package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/**
 * Single lines of a CSV file in the Virus-MNIST format, for readers that cut files themselves and
 * put faulty rows aside instead of ending at the first.
 *
 * <p>Accepts and refuses what {@link ImageCsv} does, line by line: a quoted cell must end in its
 * line, and the length of a hash is not compared with that of other rows. Not thread-safe.
 */
public final class ImageLines {
  private static final Path NO_FILE = Path.of("line");

  private final CsvSchema schema;
  private final ColumnLayout layout;
  private byte[] bytes = new byte[1 << 13];

  private ImageLines(CsvSchema schema, ColumnLayout layout) {
    this.schema = schema;
    this.layout = layout;
  }

  /**
   * Reads a header.
   *
   * @param header the first line of a file, without its end
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether the label column may be missing
   * @return a parser of the lines below it
   * @throws DatasetFormatException if a column is unknown, twice there or missing
   * @throws IOException if the line is no CSV
   */
  public static ImageLines below(String header, int classCount, Labels labels) throws IOException {
    CsvSchema schema = CsvSchema.unbounded(classCount, labels);
    try (CsvRecords records = CsvRecords.of(NO_FILE, header)) {
      CSVRecord record = records.next();
      if (record == null) {
        throw new DatasetFormatException(NO_FILE, 0, "has a blank first line, expected a header.");
      }
      List<String> names = record.toList();
      return new ImageLines(schema, ColumnLayout.of(NO_FILE, names, schema));
    }
  }

  /** Returns whether rows have labels, known from the header. */
  public boolean hasLabels() {
    return layout.hasLabels();
  }

  /**
   * Reads a row.
   *
   * @param text begins with the line in UTF-8, without its end
   * @param length number of bytes of the line
   * @return a set of that one image
   * @throws DatasetFormatException if the row is not valid; {@link DatasetFormatException#problem}
   *     says why
   * @throws IOException if the line is no CSV
   */
  public ImageSet parse(byte[] text, int length) throws IOException {
    ImageRows rows = new ImageRows(schema.pixels(), layout.hasLabels(), layout.hasHashes());
    if (!scan(text, length, rows)) {
      judge(new String(text, 0, length, UTF_8), rows);
    }
    return rows.toImageSet(NO_FILE.toString());
  }

  private boolean scan(byte[] text, int length, ImageRows rows) {
    int needed = length + 1 + RowScanner.SLACK;
    if (needed > bytes.length) {
      bytes = new byte[2 * needed];
    }
    System.arraycopy(text, 0, bytes, 0, length);
    Arrays.fill(bytes, length, needed, (byte) '\n');
    return new RowScanner(layout, schema).scan(bytes, 0, rows) == length + 1;
  }

  private void judge(String line, ImageRows rows) throws IOException {
    if (line.isEmpty()) {
      throw new DatasetFormatException(NO_FILE, 1, "is blank, expected a row.");
    }
    try (CsvRecords records = CsvRecords.of(NO_FILE, line)) {
      StrictRows.behindHeader(records, schema, layout).read(rows, 1);
    }
  }
}
