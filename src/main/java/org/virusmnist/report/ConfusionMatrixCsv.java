package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.virusmnist.metrics.ConfusionMatrix;

/**
 * {@code confusion_matrix.csv}: counts by class, one row per true class, one column per predicted
 * class.
 *
 * <p>The first cell of the header is {@code true\predicted}, so that the file says which is which;
 * the others are the class names, class 0 first, as are the first cells of the rows.
 */
public final class ConfusionMatrixCsv {
  private static final String CORNER = "true\\predicted";

  private ConfusionMatrixCsv() {}

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code confusion_matrix.csv}
   * @param named the counts and the names of the classes
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, NamedConfusionMatrix named) throws IOException {
    CsvFile.write(
        file,
        printer -> {
          printHeader(printer, named.classNames());
          for (int t = 0; t < named.classNames().size(); t++) {
            printRow(printer, named, t);
          }
        });
  }

  /**
   * Reads a file.
   *
   * @param file path of {@code confusion_matrix.csv}
   * @throws IOException if it cannot be read, is not square, or with file, line and column if a
   *     cell is no count
   */
  public static NamedConfusionMatrix read(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    List<long[]> counts = new ArrayList<>();
    CsvFile.read(
        file,
        List.of(CORNER),
        row -> {
          names.add(SpreadsheetText.restore(row.text(CORNER)));
          counts.add(counts(row));
        });
    try {
      ConfusionMatrix matrix = ConfusionMatrix.of(counts.toArray(long[][]::new));
      return new NamedConfusionMatrix(matrix, names);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": is no confusion matrix (" + e.getMessage() + ")", e);
    }
  }

  private static void printHeader(CSVPrinter printer, List<String> names) throws IOException {
    printer.print(CORNER);
    for (String name : names) {
      printer.print(SpreadsheetText.guard(name));
    }
    printer.println();
  }

  private static void printRow(CSVPrinter printer, NamedConfusionMatrix named, int t)
      throws IOException {
    printer.print(SpreadsheetText.guard(named.classNames().get(t)));
    for (int p = 0; p < named.classNames().size(); p++) {
      printer.print(named.matrix().count(t, p));
    }
    printer.println();
  }

  private static long[] counts(CsvRow row) throws IOException {
    long[] counts = new long[row.header().size() - 1];
    for (int p = 0; p < counts.length; p++) {
      counts[p] = row.whole(p + 1);
    }
    return counts;
  }
}
