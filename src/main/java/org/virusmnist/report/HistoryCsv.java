package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;

/**
 * {@code history.csv}: one row an epoch, first the columns of Keras's CSVLogger.
 *
 * <p>{@code epoch,accuracy,loss,val_accuracy,val_loss}, then whatever else was measured. What is
 * missing (NaN validation values, for instance) is an empty cell; a loss that is NaN because
 * training diverged is written {@code NaN}. Reading goes by column name.
 */
public final class HistoryCsv {
  private static final List<String> KERAS_COLUMNS =
      List.of("epoch", "accuracy", "loss", "val_accuracy", "val_loss");

  private HistoryCsv() {}

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code history.csv}
   * @param table the epochs and further columns
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, HistoryTable table) throws IOException {
    CsvFile.write(
        file,
        printer -> {
          List<String> header = new ArrayList<>(KERAS_COLUMNS);
          table.columns().forEach(column -> header.add(column.name()));
          printer.printRecord(header);
          for (int i = 0; i < table.history().size(); i++) {
            printer.printRecord(cells(table, i));
          }
        });
  }

  /**
   * Reads a file, also one that Keras wrote.
   *
   * @param file path of {@code history.csv}
   * @throws IOException if it cannot be read, or with file, line and column if a cell is wrong
   */
  public static HistoryTable read(Path file) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    List<String> header = CsvFile.read(file, KERAS_COLUMNS, rows::add);
    try {
      return new HistoryTable(history(rows), furtherColumns(header, rows));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": is no history (" + e.getMessage() + ")", e);
    }
  }

  private static History history(List<CsvRow> rows) throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    for (CsvRow row : rows) {
      epochs.add(epoch(row));
    }
    return new History(epochs);
  }

  private static List<HistoryColumn> furtherColumns(List<String> header, List<CsvRow> rows)
      throws IOException {
    List<HistoryColumn> columns = new ArrayList<>();
    for (String name : header) {
      if (!KERAS_COLUMNS.contains(name)) {
        columns.add(column(name, rows));
      }
    }
    return columns;
  }

  private static HistoryColumn column(String name, List<CsvRow> rows) throws IOException {
    List<Double> values = new ArrayList<>();
    for (CsvRow row : rows) {
      values.add(row.real(name));
    }
    return new HistoryColumn(name, values);
  }

  private static List<String> cells(HistoryTable table, int i) {
    Epoch epoch = table.history().epochs().get(i);
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(epoch.epoch()));
    cells.add(Double.toString(epoch.accuracy()));
    cells.add(Double.toString(epoch.loss()));
    cells.add(optional(epoch.valAccuracy()));
    cells.add(epoch.hasValidation() ? Double.toString(epoch.valLoss()) : "");
    table.columns().forEach(column -> cells.add(optional(column.values().get(i))));
    return cells;
  }

  private static Epoch epoch(CsvRow row) throws IOException {
    try {
      return new Epoch(
          row.index("epoch"),
          row.real("loss"),
          row.real("accuracy"),
          row.real("val_loss"),
          row.real("val_accuracy"));
    } catch (IllegalArgumentException e) {
      throw row.problem(e);
    }
  }

  private static String optional(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
