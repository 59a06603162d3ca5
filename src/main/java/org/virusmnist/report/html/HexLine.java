package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.report.Explanation;

/**
 * Some consecutive bytes of a row and what they did.
 *
 * @param offset of the first one
 * @param cells the bytes
 */
record HexLine(String offset, List<Cell> cells) {
  private static final int BYTES = 32;

  /**
   * A byte.
   *
   * @param value as hexadecimal number
   * @param strength from 0 to 100, how strong its colour is
   * @param direction {@code for} or {@code against} the class, empty where it did nothing
   * @param title what hovering says
   */
  record Cell(String value, int strength, String direction, String title) {}

  static List<HexLine> of(Explanation row) {
    byte[] grey = row.grey();
    double largest = Picture.largest(row.attributions());
    List<HexLine> lines = new ArrayList<>();
    for (int from = 0; from < grey.length; from += BYTES) {
      List<Cell> cells = new ArrayList<>();
      for (int i = from; i < Math.min(from + BYTES, grey.length); i++) {
        cells.add(cell(row, i, Byte.toUnsignedInt(grey[i]), largest));
      }
      lines.add(new HexLine(offset(from), cells));
    }
    return lines;
  }

  private static Cell cell(Explanation row, int i, int value, double largest) {
    float attribution = row.attributions()[i];
    if (attribution == 0) {
      return new Cell(value(value), 0, "", "");
    }
    String title = "%s %s: %s".formatted(offset(i), row.fieldAt(i), Text.signed(attribution, 3));
    return new Cell(
        value(value),
        (int) Math.round(100 * Picture.strength(attribution, largest)),
        attribution > 0 ? "for" : "against",
        title.replace(" :", ":"));
  }

  static String offset(int offset) {
    return String.format(Locale.ROOT, "0x%03x", offset);
  }

  static String value(int value) {
    return String.format(Locale.ROOT, "%02x", value);
  }
}
