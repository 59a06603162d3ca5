package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.virusmnist.storage.AtomicFile;

/**
 * A CSV file that says something of files, row by row in memory that does not grow.
 *
 * <p>Text that a spreadsheet would take for a formula has a leading apostrophe. The file appears at
 * {@link #commit}; without it, closing leaves nothing behind. For one thread.
 */
public final class FileListCsv implements AutoCloseable {
  private final AtomicFile file;
  private final CsvCells cells;
  private final int columns;
  private long rows;

  private FileListCsv(AtomicFile file, int columns) {
    this.file = file;
    this.cells = new CsvCells(file.stream());
    this.columns = columns;
  }

  /**
   * Starts a file with its header.
   *
   * @param target path of the file; missing parent directories are made
   * @param columns names of the columns
   * @return the open file, owned by the caller
   * @throws IOException if it cannot be written
   */
  public static FileListCsv open(Path target, String... columns) throws IOException {
    FileListCsv list = new FileListCsv(AtomicFile.open(target), columns.length);
    list.cells(List.of(columns));
    return list;
  }

  /**
   * Appends a row.
   *
   * @param values one for each column: text, paths or whole numbers
   * @throws IOException if the disk is full or the like
   */
  public void add(Object... values) throws IOException {
    if (values.length != columns) {
      throw new IllegalArgumentException(values.length + " values for " + columns + " columns");
    }
    cells(List.of(values));
    rows++;
  }

  private void cells(List<?> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        cells.separator();
      }
      cells.text(values.get(i).toString());
    }
    cells.endRow();
  }

  /** Number of rows so far. */
  public long rows() {
    return rows;
  }

  /**
   * Makes the file appear under its name.
   *
   * @throws IOException if the disk is full or the like; the file is then as it was
   */
  public void commit() throws IOException {
    cells.flush();
    file.commit();
  }

  /** Ends the writing; without {@link #commit} before, the rows are thrown away. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
