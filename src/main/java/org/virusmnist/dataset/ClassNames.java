package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.virusmnist.storage.AtomicFile;

/** The names of the classes 0 to size − 1, all different, none blank. Immutable. */
public final class ClassNames {
  private static final List<String> HEADER = List.of("label", "name");
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final List<String> names;

  private ClassNames(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Returns given names.
   *
   * @param names one name per class, class 0 first; at least 1
   * @return the names
   * @throws IllegalArgumentException if there is none
   */
  public static ClassNames of(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no class names, expected 1 or more");
    }
    return new ClassNames(names);
  }

  /**
   * Returns the class numbers as names.
   *
   * @param classCount how many classes, at least 1
   * @return the names {@code 0}, {@code 1}, …
   */
  public static ClassNames numbered(int classCount) {
    if (classCount < 1) {
      throw new IllegalArgumentException("classCount (" + classCount + ") must be positive");
    }
    return new ClassNames(IntStream.range(0, classCount).mapToObj(Integer::toString).toList());
  }

  /**
   * Reads a CSV file with the header {@code label,name} and one row for each class, in any order.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount how many classes, at least 1
   * @return the names
   * @throws DatasetFormatException if a class is missing or twice there, a name is blank, not
   *     printable or twice there, or the file is not such a CSV file
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ClassNames read(Path file, int classCount) throws IOException {
    try (CsvRecords records = CsvRecords.openTable(file)) {
      CSVRecord header = records.next();
      if (header == null || !header.toList().equals(HEADER)) {
        throw new DatasetFormatException(
            file, 1, "has no header 'label,name'. Make that the first line.");
      }
      return read(records, classCount);
    }
  }

  /**
   * Reads a CSV file with the header {@code label,name} and as many classes as it has rows.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @return the names
   * @throws DatasetFormatException as {@link #read(Path, int)}, and if there is no class
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ClassNames read(Path file) throws IOException {
    int rows = -1; // the header
    try (CsvRecords records = CsvRecords.openTable(file)) {
      while (records.next() != null) {
        rows++;
      }
    }
    return read(file, Math.max(1, rows));
  }

  /**
   * Writes the file that {@link #read(Path)} reads.
   *
   * @param file path of the file; missing parent directories are made
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVPrinter printer = new CSVPrinter(text, FORMAT);
    printer.printRecord(HEADER);
    for (int label = 0; label < names.size(); label++) {
      printer.printRecord(label, names.get(label));
    }
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(UTF_8)));
  }

  /**
   * Returns the name of a class.
   *
   * @param label the class, from 0
   * @return its name
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public String name(int label) {
    return names.get(Objects.checkIndex(label, names.size()));
  }

  /**
   * Returns the number of classes.
   *
   * @return at least 1
   */
  public int size() {
    return names.size();
  }

  /**
   * Returns all names.
   *
   * @return one name per class, class 0 first
   */
  public List<String> toList() {
    return names;
  }

  private static ClassNames read(CsvRecords records, int classCount) throws IOException {
    @Nullable String[] names = new @Nullable String[classCount];
    Set<String> used = new HashSet<>();
    for (CSVRecord record = records.next(); record != null; record = records.next()) {
      int label = label(records, record, classCount);
      if (names[label] != null) {
        throw fault(records, 1, "label " + label + " appears twice, expected each class once.");
      }
      names[label] = name(records, record.get(1), used);
    }
    return complete(records, names);
  }

  private static int label(CsvRecords records, CSVRecord record, int classCount)
      throws DatasetFormatException {
    if (record.size() != HEADER.size()) {
      throw fault(records, 0, "row has " + record.size() + " columns, expected label and name.");
    }
    int label = PlainInteger.parse(record.get(0));
    if (label < 0 || label >= classCount) {
      throw fault(
          records,
          1,
          "label is "
              + DatasetFormatException.quoted(record.get(0))
              + ", expected an integer from 0 to "
              + (classCount - 1));
    }
    return label;
  }

  private static String name(CsvRecords records, String name, Set<String> used)
      throws DatasetFormatException {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw fault(
          records,
          2,
          "name is " + DatasetFormatException.quoted(name) + ", expected printable text");
    }
    if (!used.add(name)) {
      throw fault(
          records,
          2,
          "name "
              + DatasetFormatException.quoted(name)
              + " appears twice, expected different names.");
    }
    return name;
  }

  private static ClassNames complete(CsvRecords records, @Nullable String[] names)
      throws DatasetFormatException {
    List<String> complete = new ArrayList<>();
    for (String name : Arrays.asList(names)) {
      if (name == null) {
        throw new DatasetFormatException(
            records.file(),
            0,
            "has no name for label "
                + complete.size()
                + ", expected one for each of "
                + names.length
                + " classes.");
      }
      complete.add(name);
    }
    return new ClassNames(complete);
  }

  private static DatasetFormatException fault(CsvRecords records, int column, String problem) {
    return new DatasetFormatException(records.file(), records.line(), column, problem);
  }
}
