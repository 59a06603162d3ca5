package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of CSV cells on their way to a file, cell after cell. For one thread. */
final class CsvCells {
  private static final int FLUSH_BYTES = 1 << 16;
  private static final int MAX_NUMBER_BYTES = 20;

  private final OutputStream out;
  private byte[] bytes = new byte[FLUSH_BYTES + 1024];
  private int length;

  CsvCells(OutputStream out) {
    this.out = out;
  }

  void separator() {
    reserve(1);
    bytes[length++] = ',';
  }

  void endRow() throws IOException {
    reserve(1);
    bytes[length++] = '\n';
    if (length >= FLUSH_BYTES) {
      flush();
    }
  }

  /** Adds a whole number, 0 or more. */
  void whole(long number) {
    reserve(MAX_NUMBER_BYTES);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  void real(float number) {
    reserve(FloatText.MAX_BYTES);
    length = FloatText.write(number, bytes, length);
  }

  /** Adds text; what needs a quote or a guard against formulas gets it. */
  void text(String text) {
    raw(isPlain(text) ? text : CsvFile.FORMAT.format(SpreadsheetText.guard(text)));
  }

  void flush() throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  /** Adds text that needs neither quote nor guard. */
  void raw(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
    }
  }

  /** Letters and digits alone, as hashes are: nothing to decide. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
