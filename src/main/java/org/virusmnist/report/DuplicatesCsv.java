package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of rows that are like other rows: {@code
 * file,row,hash,label,other_file,other_row,other_label,differing_bytes}.
 *
 * <p>Rows are counted from 0. What is not known is an empty cell. Text that a spreadsheet would
 * take for a formula has a leading apostrophe.
 */
public final class DuplicatesCsv {
  private DuplicatesCsv() {}

  /**
   * Writes a whole file.
   *
   * @param target path of the file; missing parent directories are made
   * @param rows the rows in the order to write them
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path target, List<DuplicateRow> rows) throws IOException {
    CsvFile.write(
        target,
        printer -> {
          printer.printRecord(
              "file",
              "row",
              "hash",
              "label",
              "other_file",
              "other_row",
              "other_label",
              "differing_bytes");
          for (DuplicateRow row : rows) {
            printer.printRecord(
                SpreadsheetText.guard(row.file()),
                row.row(),
                hash(row.hash()),
                row.label(),
                SpreadsheetText.guard(row.otherFile()),
                row.otherRow(),
                row.otherLabel(),
                row.bytes());
          }
        });
  }

  private static @Nullable String hash(@Nullable String hash) {
    return hash == null ? null : SpreadsheetText.guard(hash);
  }
}
