package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file that says which group each image is in; images are named by their hashes. Immutable.
 */
public final class GroupFile {
  private static final String HASH = "hash";

  private final Path file;
  private final Map<String, Line> groups;

  private GroupFile(Path file, Map<String, Line> groups) {
    this.file = file;
    this.groups = groups;
  }

  private record Line(String group, long number) {}

  /**
   * Reads a file.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file with a column {@code hash}; a hash may be
   *     there several times, with the same group, and rows without a hash are passed over
   * @param column the column with the name of the group
   * @throws DatasetFormatException if a column is missing, a row has too few cells or no group, or
   *     a hash has two groups
   * @throws IOException if the file cannot be read
   */
  public static GroupFile read(Path file, String column) throws IOException {
    Map<String, Line> groups = new HashMap<>();
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
        String name = record.get(group);
        if (name.isBlank()) {
          throw new DatasetFormatException(
              file,
              records.line(),
              group + 1,
              "'%s' is empty, expected the name of a group. Fill it in.".formatted(column));
        }
        if (!record.get(hash).isEmpty()) {
          add(file, groups, record.get(hash), new Line(name, records.line()));
        }
      }
    }
    return new GroupFile(file, groups);
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

  private static void add(Path file, Map<String, Line> groups, String hash, Line line)
      throws DatasetFormatException {
    Line before = groups.putIfAbsent(hash, line);
    if (before != null && !before.group.equals(line.group)) {
      throw new DatasetFormatException(
          file,
          line.number,
          "hash %s has the group %s, expected %s as in line %d. Remove one of the two."
              .formatted(
                  DatasetFormatException.quoted(hash),
                  DatasetFormatException.quoted(line.group),
                  DatasetFormatException.quoted(before.group),
                  before.number));
    }
  }

  /** Returns the file that was read. */
  public Path file() {
    return file;
  }

  /**
   * Returns the group of each image.
   *
   * @param images the images, with hashes
   * @throws DatasetFormatException if an image has no hash or none that is in the file
   */
  public Groups of(ImageSet images) throws DatasetFormatException {
    @Nullable String[] names = new @Nullable String[images.size()];
    for (int row = 0; row < names.length; row++) {
      names[row] = group(images, row);
      if (names[row] == null) {
        String hash = images.hash(row);
        throw new DatasetFormatException(
            file,
            0,
            "has no group for row %d of %s, whose hash is %s. Every image needs a line."
                .formatted(row, images.source(), hash == null ? "absent" : "'" + hash + "'"));
      }
    }
    return Groups.of(Arrays.stream(names).map(Objects::requireNonNull).toList());
  }

  /**
   * Counts the rows of a set that are in groups of another one.
   *
   * @param train the set that is trained on; images without a group are passed over
   * @param others the set that is tested or validated on
   */
  public SharedGroups shared(ImageSet train, ImageSet others) {
    Set<String> known = new HashSet<>();
    for (int row = 0; row < train.size(); row++) {
      String group = group(train, row);
      if (group != null) {
        known.add(group);
      }
    }
    int shared = 0;
    int unknown = 0;
    for (int row = 0; row < others.size(); row++) {
      String group = group(others, row);
      unknown += group == null ? 1 : 0;
      shared += group != null && known.contains(group) ? 1 : 0;
    }
    return new SharedGroups(others.size(), shared, unknown);
  }

  private @Nullable String group(ImageSet images, int row) {
    String hash = images.hash(row);
    Line line = hash == null ? null : groups.get(hash);
    return line == null ? null : line.group;
  }
}
