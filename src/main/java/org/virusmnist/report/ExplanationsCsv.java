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
   * Writes a whole file.
   *
   * @param target path of the file; missing parent directories are made
   * @param rows the rows in the order to write them
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path target, List<Explanation> rows) throws IOException {
    CsvFile.write(
        target,
        printer -> {
          printer.printRecord(
              "row", "class", "offset", "value", "field", "attribution", "occlusion");
          for (Explanation row : rows) {
            for (Explanation.ExplainedByte one : row.bytes()) {
              printer.printRecord(
                  row.row(),
                  row.explainedClass(),
                  one.offset(),
                  one.value(),
                  SpreadsheetText.guard(one.field()),
                  one.attribution(),
                  one.occlusion());
            }
          }
        });
  }
}
