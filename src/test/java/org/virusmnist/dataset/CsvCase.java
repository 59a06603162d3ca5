package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** A named CSV file and what must become of it. */
final class CsvCase {
  private final String name;
  private final String fileName;
  private final byte[] content;
  private final Labels labels;
  private final @Nullable String message;

  /**
   * Creates a case.
   *
   * @param name what is odd about the file
   * @param fileName its name, which decides whether it is gunzipped
   * @param content its bytes
   * @param labels whether the label column may be missing
   * @param message the whole message of the refusal without the directory; null if accepted
   */
  CsvCase(String name, String fileName, byte[] content, Labels labels, @Nullable String message) {
    this.name = name;
    this.fileName = fileName;
    this.content = content;
    this.labels = labels;
    this.message = message;
  }

  String fileName() {
    return fileName;
  }

  byte[] content() {
    return content;
  }

  Labels labels() {
    return labels;
  }

  @Nullable String message() {
    return message;
  }

  /** A file that means the same three images as {@link CsvText#valid}, hashes and labels apart. */
  static CsvCase accepted(String name, byte[] content) {
    return new CsvCase(name, "a.csv", content, Labels.REQUIRED, null);
  }

  static CsvCase accepted(String name, CsvText text) {
    return accepted(name, text.bytes());
  }

  static CsvCase acceptedGzip(String name, byte[] content) {
    return new CsvCase(name, "a.csv.gz", content, Labels.REQUIRED, null);
  }

  static CsvCase refused(String name, byte[] content, String message) {
    return new CsvCase(name, "a.csv", content, Labels.REQUIRED, message);
  }

  static CsvCase refused(String name, CsvText text, String message) {
    return refused(name, text.bytes(), message);
  }

  static CsvCase refused(String name, String text, String message) {
    return refused(name, text.getBytes(UTF_8), message);
  }

  static CsvCase refusedGzip(String name, byte[] content, String message) {
    return new CsvCase(name, "a.csv.gz", content, Labels.REQUIRED, message);
  }

  CsvCase optionalLabels() {
    return new CsvCase(name, fileName, content, Labels.OPTIONAL, message);
  }

  @Override
  public String toString() {
    return name;
  }
}
