package org.virusmnist.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a CSV file holds what; checked against the schema. Columns are numbered from 0
 * here and from 1 in messages.
 */
final class ColumnLayout {
  /** The role of the label column; pixel columns have the number of their pixel, from 0. */
  static final int LABEL = -1;

  /** The role of the hash column. */
  static final int HASH = -2;

  private static final String PIXEL = "pixel";

  private final int[] roles;
  private final boolean hasLabels;
  private final boolean hasHashes;

  private ColumnLayout(int[] roles, boolean hasLabels, boolean hasHashes) {
    this.roles = roles;
    this.hasLabels = hasLabels;
    this.hasHashes = hasHashes;
  }

  /**
   * Reads a header.
   *
   * @throws DatasetFormatException if a column is unknown, twice there or missing
   */
  static ColumnLayout of(Path file, List<String> header, CsvSchema schema)
      throws DatasetFormatException {
    if (PlainInteger.parse(header.get(0)) >= 0) {
      throw new DatasetFormatException(
          file,
          1,
          1,
          "has no header: the first cell is "
              + DatasetFormatException.quoted(header.get(0))
              + ", expected the names "
              + schema.expectedColumns()
              + ". Add them as the first line.");
    }
    Map<Integer, Integer> columnOfRole = columnOfRole(file, header, schema);
    requireColumns(file, columnOfRole, schema);
    int[] roles = new int[header.size()];
    columnOfRole.forEach((role, column) -> roles[column] = role);
    return new ColumnLayout(roles, columnOfRole.containsKey(LABEL), columnOfRole.containsKey(HASH));
  }

  int columns() {
    return roles.length;
  }

  boolean hasLabels() {
    return hasLabels;
  }

  boolean hasHashes() {
    return hasHashes;
  }

  /** Returns the pixel number, {@link #LABEL} or {@link #HASH}. */
  int role(int column) {
    return roles[column];
  }

  /** Returns the roles of all columns; shared, not to be changed. */
  int[] roles() {
    return roles;
  }

  String name(int column) {
    return nameOf(roles[column]);
  }

  private static Map<Integer, Integer> columnOfRole(
      Path file, List<String> header, CsvSchema schema) throws DatasetFormatException {
    Map<Integer, Integer> columnOfRole = new HashMap<>();
    for (int column = 0; column < header.size(); column++) {
      int role = roleOf(file, header.get(column), column, schema);
      Integer other = columnOfRole.putIfAbsent(role, column);
      if (other != null) {
        throw new DatasetFormatException(
            file,
            1,
            column + 1,
            "column '"
                + nameOf(role)
                + "' appears twice, as columns "
                + (other + 1)
                + " and "
                + (column + 1)
                + ". Remove one.");
      }
    }
    return columnOfRole;
  }

  private static int roleOf(Path file, String name, int column, CsvSchema schema)
      throws DatasetFormatException {
    if (name.equals("label")) {
      return LABEL;
    }
    if (name.equals("hash")) {
      return HASH;
    }
    int pixel = name.startsWith(PIXEL) ? PlainInteger.parse(name.substring(PIXEL.length())) : -1;
    if (pixel < 1 || pixel > schema.pixels() || !name.equals(nameOf(pixel - 1))) {
      throw new DatasetFormatException(
          file,
          1,
          column + 1,
          "column "
              + (column + 1)
              + " is "
              + DatasetFormatException.quoted(name)
              + ", expected "
              + schema.expectedColumns()
              + ". Rename or remove it.");
    }
    return pixel - 1;
  }

  private static void requireColumns(
      Path file, Map<Integer, Integer> columnOfRole, CsvSchema schema)
      throws DatasetFormatException {
    for (int pixel = 0; pixel < schema.pixels(); pixel++) {
      if (!columnOfRole.containsKey(pixel)) {
        throw missing(file, nameOf(pixel), schema, "Images are 32 x 32 pixels.");
      }
    }
    if (schema.labels() == Labels.REQUIRED && !columnOfRole.containsKey(LABEL)) {
      throw missing(file, "label", schema, "Only predict reads rows without labels.");
    }
  }

  private static DatasetFormatException missing(
      Path file, String name, CsvSchema schema, String hint) {
    return new DatasetFormatException(
        file,
        1,
        "column '" + name + "' is missing, expected " + schema.expectedColumns() + ". " + hint);
  }

  private static String nameOf(int role) {
    return switch (role) {
      case LABEL -> "label";
      case HASH -> "hash";
      default -> PIXEL + (role + 1);
    };
  }
}
