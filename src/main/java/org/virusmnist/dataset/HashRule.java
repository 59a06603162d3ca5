package org.virusmnist.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What a hash cell may be: empty for not known, or hexadecimal digits as many as MD5 (32), SHA-1
 * (40) or SHA-256 (64) have, and in one file always as many as in the first row that has one.
 */
final class HashRule {
  private int length;

  /** Returns what was expected instead, or null if the cell is fine. */
  @Nullable String expectedInsteadOf(String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    if (!isHash(cell)) {
      return "32, 40 or 64 hexadecimal digits or nothing";
    }
    if (length == 0) {
      length = cell.length();
    }
    return length == cell.length() ? null : length + " digits as in the rows before";
  }

  static boolean isHashLength(int length) {
    return length == 32 || length == 40 || length == 64;
  }

  private static boolean isHash(String cell) {
    if (!isHashLength(cell.length())) {
      return false;
    }
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) > 'f' || Character.digit(cell.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
