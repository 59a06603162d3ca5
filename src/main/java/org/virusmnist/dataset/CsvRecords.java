package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file as Commons CSV reads them, with the lines where they start.
 *
 * <p>RFC 4180 with any line end: CRLF, LF or a lone CR, as pandas and Python's csv read it. Blank
 * lines are accepted at the end of the file, where editors leave them, and nowhere else: between
 * rows they are a sign of a file that was cut or joined. Bytes that are not UTF-8 become U+FFFD,
 * which no valid cell contains. Not thread-safe.
 */
final class CsvRecords implements AutoCloseable {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();

  /** Characters of a table of names: two million rows of hash and name. */
  private static final long MAX_TABLE_CHARACTERS = 1 << 27;

  private final Path file;
  private final @Nullable CsvInput in;
  private final RowGuard guard;
  private final CSVParser parser;
  private final long maxCharacters;
  private final Iterator<CSVRecord> records;
  private long line;

  private CsvRecords(Path file, @Nullable CsvInput in, RowGuard guard, long maxCharacters)
      throws IOException {
    this.file = file;
    this.in = in;
    this.guard = guard;
    this.parser = FORMAT.parse(guard);
    this.maxCharacters = maxCharacters;
    this.records = parser.iterator();
  }

  /** Opens a file of any length; who keeps its rows has to bound them. */
  static CsvRecords open(Path file) throws IOException {
    return open(file, Long.MAX_VALUE);
  }

  /** Opens a file whose rows are kept: a few bytes of gzip data may not fill the memory. */
  static CsvRecords openTable(Path file) throws IOException {
    return open(file, MAX_TABLE_CHARACTERS);
  }

  static CsvRecords open(Path file, long maxCharacters) throws IOException {
    CsvInput in = CsvBytes.open(file);
    RowGuard guard = new RowGuard(new InputStreamReader(in, UTF_8));
    return new CsvRecords(file, in, guard, maxCharacters);
  }

  /** Reads rows out of text that is in memory; the file is for messages. */
  static CsvRecords of(Path file, String text) throws IOException {
    RowGuard guard = new RowGuard(new StringReader(text));
    return new CsvRecords(file, null, guard, Long.MAX_VALUE);
  }

  Path file() {
    return file;
  }

  /** Returns how many bytes of the file were read; 0 of text in memory. */
  long fileBytes() {
    return in == null ? 0 : in.fileBytes();
  }

  /** Returns the line where the row last returned starts, from 1. */
  long line() {
    return line;
  }

  /** Returns the next row, or null behind the last one. */
  @Nullable CSVRecord next() throws IOException {
    CSVRecord record = read();
    if (record != null && record.getCharacterPosition() > maxCharacters) {
      throw new DatasetFormatException(
          file,
          line,
          "is behind %d characters, expected a shorter table. Check the file."
              .formatted(maxCharacters));
    }
    if (record == null || !isBlank(record)) {
      return record;
    }
    long blankLine = line;
    while (record != null && isBlank(record)) {
      record = read();
    }
    if (record != null) {
      throw new DatasetFormatException(
          file, blankLine, "is blank, expected a row. Only lines at the end may be blank.");
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private @Nullable CSVRecord read() throws IOException {
    line = parser.getCurrentLineNumber() + 1;
    guard.startRow();
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw fault(Objects.requireNonNull(e.getCause()));
    }
  }

  private IOException fault(IOException cause) {
    if (cause instanceof ZipException zip) {
      return CsvBytes.gzipFault(file, line, zip);
    }
    if (cause instanceof RowGuard.RowTooLongException) {
      return new DatasetFormatException(
          file, line, "row has more than 65,536 characters, expected a few thousand.");
    }
    if (cause instanceof CSVException) {
      return new DatasetFormatException(file, line, quoteFault());
    }
    return CsvBytes.named(file, cause);
  }

  private String quoteFault() {
    return guard.ended()
        ? "row has a quote that is never closed. Remove the quote or close it."
        : "row has a character behind a closing quote, expected a comma or the end of the line.";
  }

  private static boolean isBlank(CSVRecord record) {
    return record.size() == 1 && record.get(0).isEmpty();
  }
}
