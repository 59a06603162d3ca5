package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** One row of a CSV file, read by column name; every complaint names file, line and column. */
final class CsvRow {
  private final Path file;
  private final long line;
  private final List<String> header;
  private final CSVRecord record;

  CsvRow(Path file, long line, List<String> header, CSVRecord record) {
    this.file = file;
    this.line = line;
    this.header = header;
    this.record = record;
  }

  /** Names of the columns in their order. */
  List<String> header() {
    return header;
  }

  /** Cell of a column. */
  String text(String column) throws IOException {
    return text(header.indexOf(column));
  }

  /** Whole number of 0 or more. */
  long whole(String column) throws IOException {
    return whole(header.indexOf(column));
  }

  /** Whole number of 0 or more in a column given by its position. */
  long whole(int column) throws IOException {
    String cell = text(column);
    try {
      return Long.parseUnsignedLong(cell);
    } catch (NumberFormatException e) {
      throw wrongCell(header.get(column), cell, "a whole number", e);
    }
  }

  /** Whole number from 0 to 2,147,483,647. */
  int index(String column) throws IOException {
    String cell = text(column);
    try {
      return Integer.parseUnsignedInt(cell);
    } catch (NumberFormatException e) {
      throw wrongCell(column, cell, "a whole number", e);
    }
  }

  /** Number; NaN for an empty cell. */
  double real(String column) throws IOException {
    String cell = text(column);
    try {
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw wrongCell(column, cell, "a number", e);
    }
  }

  /** Number as the nearest float. */
  float realFloat(String column) throws IOException {
    String cell = text(column);
    try {
      return Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      throw wrongCell(column, cell, "a number", e);
    }
  }

  /** Returns an error that says where: file and line. */
  IOException problem(String what) {
    return new IOException(file + ":" + line + ": " + what);
  }

  /** Returns an error that says where a value was refused. */
  IOException problem(IllegalArgumentException cause) {
    return new IOException(file + ":" + line + ": " + cause.getMessage(), cause);
  }

  private String text(int column) throws IOException {
    if (record.size() != header.size()) {
      throw problem("%d cells, expected %d".formatted(record.size(), header.size()));
    }
    return record.get(column);
  }

  private IOException wrongCell(String column, String cell, String expected, Exception cause) {
    return new IOException(
        "%s:%d: %s is '%s', expected %s".formatted(file, line, column, cell, expected), cause);
  }
}
