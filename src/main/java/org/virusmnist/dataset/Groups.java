package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which rows belong together, such as files out of one package: what must not be torn apart when
 * rows are split. Immutable.
 */
public final class Groups {
  private static final String HASH = "hash";

  private final int[] ofRow;
  private final int count;

  private Groups(int[] ofRow, int count) {
    this.ofRow = ofRow;
    this.count = count;
  }

  /**
   * Returns groups of one row each.
   *
   * @param rows number of rows
   */
  public static Groups single(int rows) {
    return new Groups(RowOrder.sequential(rows), rows);
  }

  /**
   * Returns given groups.
   *
   * @param names the group of each row; equal names are one group
   */
  public static Groups of(List<String> names) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] ofRow = new int[names.size()];
    for (int row = 0; row < ofRow.length; row++) {
      ofRow[row] = numbers.computeIfAbsent(names.get(row), name -> numbers.size());
    }
    return new Groups(ofRow, numbers.size());
  }

  /**
   * Reads the groups of images from a CSV file that names each image by its hash.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file with a column {@code hash}; rows of other
   *     images are passed over
   * @param column the column with the name of the group
   * @param images the images, with hashes
   * @return the group of each image
   * @throws DatasetFormatException if a column is missing, a row has too few cells, or an image has
   *     no hash or none that is in the file
   * @throws IOException if the file cannot be read
   */
  public static Groups read(Path file, String column, ImageSet images) throws IOException {
    Map<String, String> groups = groups(file, column);
    @Nullable String[] names = new @Nullable String[images.size()];
    for (int row = 0; row < names.length; row++) {
      String hash = images.hash(row);
      names[row] = hash == null ? null : groups.get(hash);
      if (names[row] == null) {
        throw new DatasetFormatException(
            file,
            0,
            "has no group for row %d of %s, whose hash is %s. Every image needs a line."
                .formatted(row, images.source(), hash == null ? "absent" : "'" + hash + "'"));
      }
    }
    return of(Arrays.stream(names).map(Objects::requireNonNull).toList());
  }

  private static Map<String, String> groups(Path file, String column) throws IOException {
    Map<String, String> groups = new HashMap<>();
    try (CsvRecords records = CsvRecords.openTable(file)) {
      CSVRecord header = records.next();
      List<String> names = header == null ? List.of() : header.toList();
      int hash = position(file, names, HASH);
      int group = position(file, names, column);
      for (CSVRecord record = records.next(); record != null; record = records.next()) {
        if (record.size() <= Math.max(hash, group)) {
          throw new DatasetFormatException(
              file,
              records.line(),
              "row has %d columns, expected %d.".formatted(record.size(), names.size()));
        }
        groups.put(record.get(hash), record.get(group));
      }
    }
    return groups;
  }

  private static int position(Path file, List<String> header, String column)
      throws DatasetFormatException {
    int position = header.indexOf(column);
    if (position < 0) {
      throw new DatasetFormatException(
          file, 1, "has no column '%s', found %s. Name another one.".formatted(column, header));
    }
    return position;
  }

  /** Returns how many groups there are. */
  public int count() {
    return count;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return ofRow.length;
  }

  /**
   * Returns the group of a row.
   *
   * @param row the row, from 0
   * @return a number from 0 to {@link #count} − 1
   */
  public int of(int row) {
    return ofRow[row];
  }

  /**
   * Returns the groups of chosen rows, numbered anew.
   *
   * @param rows row numbers
   */
  public Groups select(int[] rows) {
    return of(Arrays.stream(rows).mapToObj(row -> Integer.toString(ofRow[row])).toList());
  }
}
