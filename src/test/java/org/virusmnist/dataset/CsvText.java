package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A small valid CSV file to be spoilt: a header and rows of {@code label,pixel1..pixelN,hash}.
 *
 * <p>Row 0 is the header and line 1; row 1 is the first image and line 2. Pixel {@code i} of image
 * {@code n} is that of {@link TestImages#pixels}; labels are 0, 5, 9, 0, …
 */
final class CsvText {
  static final String HASH = "9a931d81ebefc730470add15a568ee2";
  private static final int[] LABELS = {0, 5, 9};

  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> lineEnds = new ArrayList<>();

  private CsvText() {}

  /** Returns a file of three images of 1,024 pixels. */
  static CsvText valid() {
    return of(3, ImageSet.PIXELS);
  }

  static CsvText of(int images, int pixels) {
    CsvText text = new CsvText();
    text.add(header(pixels));
    for (int image = 0; image < images; image++) {
      text.add(image(image, pixels));
    }
    return text;
  }

  private static List<String> header(int pixels) {
    List<String> cells = new ArrayList<>(List.of("label"));
    for (int i = 1; i <= pixels; i++) {
      cells.add("pixel" + i);
    }
    cells.add("hash");
    return cells;
  }

  private static List<String> image(int image, int pixels) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(LABELS[image % LABELS.length]));
    for (int i = 0; i < pixels; i++) {
      cells.add(Integer.toString((7 * image + i) % 256));
    }
    cells.add(HASH + image % 10);
    return cells;
  }

  private void add(List<String> cells) {
    rows.add(cells);
    lineEnds.add("\n");
  }

  /** Replaces a cell; column 0 is the label, column i the pixel i, the last column the hash. */
  CsvText cell(int row, int column, String value) {
    rows.get(row).set(column, value);
    return this;
  }

  CsvText label(int row, String value) {
    return cell(row, 0, value);
  }

  CsvText hash(int row, String value) {
    return cell(row, rows.get(row).size() - 1, value);
  }

  /** Replaces a whole line. */
  CsvText line(int row, String value) {
    rows.set(row, new ArrayList<>(List.of(value)));
    return this;
  }

  CsvText insertLine(int row, String value) {
    rows.add(row, new ArrayList<>(List.of(value)));
    lineEnds.add("\n");
    return this;
  }

  CsvText removeRow(int row) {
    rows.remove(row);
    lineEnds.remove(row);
    return this;
  }

  CsvText removeCell(int row, int column) {
    rows.get(row).remove(column);
    return this;
  }

  CsvText removeColumn(int column) {
    rows.forEach(row -> row.remove(column));
    return this;
  }

  CsvText insertColumn(int column, String name, String value) {
    rows.forEach(row -> row.add(column, value));
    return cell(0, column, name);
  }

  CsvText everyCell(UnaryOperator<String> change) {
    rows.forEach(row -> row.replaceAll(change));
    return this;
  }

  CsvText reverseColumns() {
    rows.forEach(Collections::reverse);
    return this;
  }

  CsvText lineEnd(int row, String lineEnd) {
    lineEnds.set(row, lineEnd);
    return this;
  }

  CsvText lineEnds(String lineEnd) {
    Collections.fill(lineEnds, lineEnd);
    return this;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      text.append(String.join(",", rows.get(row))).append(lineEnds.get(row));
    }
    return text.toString();
  }

  byte[] bytes() {
    return text().getBytes(UTF_8);
  }

  byte[] gzip() {
    return TestImages.gzip(bytes());
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
