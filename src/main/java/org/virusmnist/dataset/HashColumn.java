package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One hash a row, or none, as ASCII in a flat buffer: 1.5 MB for 48,422 MD5 hashes.
 *
 * <p>All hashes of a column have the same number of characters, set by the first one; a row without
 * a hash is a row of zeros. The text is kept as it came, so that it can be joined on.
 */
final class HashColumn {
  private byte[] text = new byte[0];
  private int width;
  private int rows;

  HashColumn() {}

  /** Takes ownership of what {@link #text} returned. */
  HashColumn(byte[] text, int width, int rows) {
    this.text = text;
    this.width = width;
    this.rows = rows;
  }

  /** Returns the characters of a hash, 0 if no row has one. */
  int width() {
    return width;
  }

  /** Returns a copy of all hashes, {@link #width} bytes each, zeros where absent. */
  byte[] text() {
    return Arrays.copyOf(text, Math.multiplyExact(rows, width));
  }

  void add(@Nullable String hash) {
    if (hash != null) {
      put(hash);
    }
    rows++;
  }

  private void put(String hash) {
    if (width == 0) {
      width = hash.length();
    }
    if (hash.length() != width) {
      throw new IllegalArgumentException(
          "hash of row " + rows + " has " + hash.length() + " characters, others " + width);
    }
    int end = Math.multiplyExact(rows + 1, width);
    if (end > text.length) {
      text = Arrays.copyOf(text, Math.max(end, text.length + text.length / 2));
    }
    System.arraycopy(hash.getBytes(US_ASCII), 0, text, end - width, width);
  }

  @Nullable String get(int row) {
    int start = row * width;
    boolean absent = width == 0 || start >= text.length || text[start] == 0;
    return absent ? null : new String(text, start, width, US_ASCII);
  }

  HashColumn select(int[] selected) {
    HashColumn chosen = new HashColumn();
    for (int row : selected) {
      chosen.add(get(row));
    }
    return chosen;
  }
}
