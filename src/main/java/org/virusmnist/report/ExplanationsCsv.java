package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code explanations.csv}: the most important bytes of each explained row, most important first:
 * {@code row,class,offset,value,field,attribution,occlusion}.
 */
public final class ExplanationsCsv {
  private ExplanationsCsv() {}

  /**
   * One byte of one row.
   *
   * @param row the row, data rows counted from 0
   * @param label the class that is explained
   * @param offset place of the byte, from 0
   * @param value the byte, 0 to 255
   * @param field what it means, or empty
   * @param attribution how much it moved the logit
   * @param occlusion how much the log-probability drops without it, in nats
   */
  public record Line(
      long row,
      int label,
      int offset,
      int value,
      String field,
      double attribution,
      double occlusion) {}

  /**
   * Writes a whole file.
   *
   * @param target path of the file; missing parent directories are made
   * @param lines the bytes in the order to write them
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path target, List<Line> lines) throws IOException {
    CsvFile.write(
        target,
        printer -> {
          printer.printRecord(
              "row", "class", "offset", "value", "field", "attribution", "occlusion");
          for (Line line : lines) {
            printer.printRecord(
                line.row(),
                line.label(),
                line.offset(),
                line.value(),
                SpreadsheetText.guard(line.field()),
                line.attribution(),
                line.occlusion());
          }
        });
  }
}
