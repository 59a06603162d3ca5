package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.virusmnist.storage.AtomicFile;

/** A small CSV file of a run directory: UTF-8, comma, line feed, one header row. */
final class CsvFile {
  static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private static final CSVFormat WITH_HEADER =
      FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

  private CsvFile() {}

  /** Writes a whole file, or leaves it as it was. */
  static void write(Path file, Content content) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, UTF_8);
          CSVPrinter printer = new CSVPrinter(writer, FORMAT);
          content.print(printer);
          printer.flush();
        });
  }

  /**
   * Reads a file row by row.
   *
   * @param required columns that must be there, in any order
   * @return names of all columns in their order
   * @throws IOException if it cannot be read or is no CSV file with these columns, with its name
   */
  static List<String> read(Path file, List<String> required, RowReader reader) throws IOException {
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file, UTF_8), WITH_HEADER)) {
      List<String> header = parser.getHeaderNames();
      requireColumns(file, header, required);
      for (CSVRecord record : parser) {
        reader.read(new CsvRow(file, parser.getCurrentLineNumber(), header, record));
      }
      return header;
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      throw new IOException(file + ": is no CSV file with a header (" + e.getMessage() + ")", e);
    }
  }

  private static void requireColumns(Path file, List<String> header, List<String> required)
      throws IOException {
    for (String column : required) {
      if (!header.contains(column)) {
        throw new IOException(file + ": no column '" + column + "'. Found: " + header);
      }
    }
  }

  /** Prints header and rows. */
  @FunctionalInterface
  interface Content {
    void print(CSVPrinter printer) throws IOException;
  }

  /** Takes one row. */
  @FunctionalInterface
  interface RowReader {
    void read(CsvRow row) throws IOException;
  }
}
