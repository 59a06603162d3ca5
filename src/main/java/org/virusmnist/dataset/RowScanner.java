package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parses plain rows straight from bytes, several times as fast as Commons CSV: digits, commas, LF
 * or CRLF, nothing quoted. Whatever else it meets it does not judge but calls odd.
 *
 * <p>A pixel is read as four bytes at once: where their first comma is tells the number of digits,
 * a shift aligns these, and one test finds any byte that is not a digit (after Mycroft's zero byte
 * test and Lemire and Muła's digit parsing, "Number parsing at a gigabyte per second", 2021).
 * Branching on each byte mispredicts once a pixel on real data. Not thread-safe.
 */
final class RowScanner {
  /** Bytes behind the last row that must be readable, whatever they are. */
  static final int SLACK = Integer.BYTES;

  /** Returned for a row that {@link StrictRows} must judge. */
  static final int ODD = -1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int COMMAS = 0x2C2C2C2C;
  private static final int ONES = 0x01010101;
  private static final int HIGH_BITS = 0x80808080;
  private static final int ZERO_DIGITS = 0x303030;
  private static final int THREE_BYTES = 0xFFFFFF;

  /** Added to a byte, sets its high bit if the byte is above 9. */
  private static final int ABOVE_NINE = 0x767676;

  private static final int THREE_HIGH_BITS = 0x808080;
  private static final int MAX_LABEL_DIGITS = 9;

  private final int[] roles;
  private final int classCount;
  private final HashRule hashRule = new HashRule();
  private int label;
  private String hash = "";

  RowScanner(ColumnLayout layout, CsvSchema schema) {
    this.roles = layout.roles();
    this.classCount = schema.classCount();
  }

  /**
   * Appends the row that starts at an offset.
   *
   * @param bytes rows that end in LF, with {@link #SLACK} bytes behind the last LF
   * @param start the first byte of the row
   * @param target receives the row; nothing if the row is odd
   * @return the offset behind the row's LF, or {@link #ODD}
   */
  int scan(byte[] bytes, int start, ImageRows target) {
    GreyBlocks pixels = target.pixels();
    int grey = pixels.addRow();
    int end = scanCells(bytes, start, pixels.block(pixels.rows() - 1), grey);
    if (end == ODD) {
      pixels.removeLast();
      return ODD;
    }
    target.addLabelAndHash(label, hash.isEmpty() ? null : hash);
    return end;
  }

  private int scanCells(byte[] bytes, int start, byte[] grey, int row) {
    int last = roles.length - 1;
    int at = start;
    for (int column = 0; column < last; column++) {
      int role = roles[column];
      if (role < 0) {
        int comma = indexOf(bytes, at, (byte) ',');
        boolean plain = bytes[comma] == ',' && scanOther(bytes, at, comma, role);
        at = plain ? comma + 1 : ODD;
      } else {
        int word = (int) INT.get(bytes, at);
        int commas = word ^ COMMAS;
        int digits = Integer.numberOfTrailingZeros((commas - ONES) & ~commas & HIGH_BITS) >>> 3;
        int value = digits > 3 ? ODD : value(word, digits);
        grey[row + role] = (byte) value;
        at = value >>> 8 == 0 ? at + digits + 1 : ODD;
      }
      if (at == ODD) {
        return ODD;
      }
    }
    return scanLast(bytes, at, grey, row);
  }

  /** Returns the number of one to three digits at the low end of a word; above 255 if odd. */
  private static int value(int word, int digits) {
    int shift = 24 - 8 * digits;
    int aligned = ((word ^ ZERO_DIGITS) << shift) & THREE_BYTES;
    int odd = ((aligned + ABOVE_NINE) | aligned) & THREE_HIGH_BITS;
    int value = (aligned & 0xFF) * 100 + ((aligned >>> 8) & 0xFF) * 10 + (aligned >>> 16);
    return value | (odd << 8) | ((digits - 1) & Integer.MIN_VALUE);
  }

  private int scanLast(byte[] bytes, int at, byte[] grey, int row) {
    int lineFeed = indexOf(bytes, at, (byte) '\n');
    int end = lineFeed > at && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    int role = roles[roles.length - 1];
    if (role < 0) {
      return scanOther(bytes, at, end, role) ? lineFeed + 1 : ODD;
    }
    int value = integer(bytes, at, end);
    if (value < 0 || value > 255) {
      return ODD;
    }
    grey[row + role] = (byte) value;
    return lineFeed + 1;
  }

  /** Reads a label or a hash, unless it is odd. */
  private boolean scanOther(byte[] bytes, int from, int to, int role) {
    if (role == ColumnLayout.LABEL) {
      label = integer(bytes, from, to);
      return label >= 0 && label < classCount;
    }
    if (to > from && !HashRule.isHashLength(to - from)) {
      return false;
    }
    hash = new String(bytes, from, to - from, ISO_8859_1);
    return hashRule.expectedInsteadOf(hash) == null;
  }

  private static int integer(byte[] bytes, int from, int to) {
    return to - from > MAX_LABEL_DIGITS
        ? ODD
        : PlainInteger.parse(new String(bytes, from, to - from, ISO_8859_1));
  }

  /** Returns the first comma or line end from an offset on; one of them is an LF. */
  private static int indexOf(byte[] bytes, int from, byte separator) {
    int at = from;
    while (bytes[at] != separator && bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
