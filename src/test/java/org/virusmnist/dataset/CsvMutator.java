package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Makes small CSV files that are valid or nearly so; a pure function of the seed. */
final class CsvMutator {
  static final int PIXELS = 16;

  private static final String BYTES =
      ",,,\n\n\r\"\"\0 0123456789-+.eExX';\t\u00EF\u00BB\u00BF\u00FF#ag";
  private static final List<String> CELLS =
      List.of(
          "255",
          "256",
          "999",
          "1000",
          "-1",
          "+7",
          "007",
          "0007",
          "000000007",
          "0000000007",
          "",
          " ",
          "1.0",
          "7.5",
          "0x10",
          "NaN",
          "\"7\"",
          "\"\"",
          "\"7",
          "7\"",
          "10",
          "9",
          "label",
          "pixel3",
          "hash",
          "pixel17",
          "9a931d81ebefc730470add15a568ee2d",
          "9A931D81EBEFC730470ADD15A568EE2D",
          "0123456789012345678901234567890123456789",
          "\u00B2",
          "1\r2",
          "1\n2",
          "4294967340");

  private final SplittableRandom random;
  private final boolean quoting;

  CsvMutator(long seed) {
    this.random = new SplittableRandom(seed);
    this.quoting = random.nextInt(3) == 0;
  }

  /** Returns the bytes of a file with none to three faults. */
  byte[] file() {
    StringBuilder text = new StringBuilder(valid());
    int faults = random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      spoil(text);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  /** Returns gzip data of a file, in one of two cases with a fault of its own. */
  byte[] gzip() {
    byte[] packed = TestImages.gzip(file());
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(packed, random.nextInt(packed.length));
      case 1 -> flipBit(packed);
      default -> packed;
    };
  }

  private String valid() {
    List<Integer> columns = columns();
    String lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(line(columns, -1)).append(lineEnd);
    int rows = 1 + random.nextInt(4);
    for (int row = 0; row < rows; row++) {
      text.append(line(columns, row))
          .append(row < rows - 1 || random.nextInt(8) > 0 ? lineEnd : "");
    }
    return text + (random.nextInt(8) == 0 ? lineEnd : "");
  }

  /** Pixel numbers from 0, {@link ColumnLayout#LABEL} and {@link ColumnLayout#HASH}. */
  private List<Integer> columns() {
    List<Integer> columns = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      columns.add(ColumnLayout.LABEL);
    }
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      columns.add(pixel);
    }
    if (random.nextInt(4) > 0) {
      columns.add(ColumnLayout.HASH);
    }
    for (int i = random.nextInt(2) * (columns.size() - 1); i > 0; i--) {
      Collections.swap(columns, i, random.nextInt(i + 1));
    }
    return columns;
  }

  private String line(List<Integer> columns, int row) {
    List<String> cells = new ArrayList<>();
    for (int column : columns) {
      String cell = row < 0 ? name(column) : value(column);
      boolean quoted = quoting && row > 0 && random.nextInt(30) == 0;
      cells.add(quoted ? '"' + cell + '"' : cell);
    }
    return String.join(",", cells);
  }

  private static String name(int column) {
    return switch (column) {
      case ColumnLayout.LABEL -> "label";
      case ColumnLayout.HASH -> "hash";
      default -> "pixel" + (column + 1);
    };
  }

  private String value(int column) {
    return switch (column) {
      case ColumnLayout.LABEL -> Integer.toString(random.nextInt(10));
      case ColumnLayout.HASH -> random.nextInt(8) == 0 ? "" : hash();
      default -> Integer.toString(random.nextInt(256) >>> random.nextInt(8));
    };
  }

  private String hash() {
    return String.format("%016x%016x", random.nextLong(), random.nextLong());
  }

  private void spoil(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(40));
    switch (random.nextInt(8)) {
      case 0 -> text.insert(at, oddByte());
      case 1 -> text.replace(at, Math.min(text.length(), at + 1), String.valueOf(oddByte()));
      case 2 -> text.delete(at, Math.min(text.length(), at + 1));
      case 3 -> text.delete(at, end);
      case 4 -> text.insert(at, text.substring(at, end));
      case 5 -> text.setLength(at);
      case 6 -> text.insert(at, random.nextInt(2) == 0 ? "\n" : "\r\n");
      default -> spoilCell(text, at);
    }
    if (text.isEmpty()) {
      text.append('\n');
    }
  }

  private void spoilCell(StringBuilder text, int near) {
    int from = near;
    while (from > 0 && ",\r\n".indexOf(text.charAt(from - 1)) < 0) {
      from--;
    }
    int to = near;
    while (to < text.length() && ",\r\n".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    text.replace(from, to, CELLS.get(random.nextInt(CELLS.size())));
  }

  private char oddByte() {
    return BYTES.charAt(random.nextInt(BYTES.length()));
  }

  private byte[] flipBit(byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }
}
