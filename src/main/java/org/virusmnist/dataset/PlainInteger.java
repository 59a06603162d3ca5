package org.virusmnist.dataset;

/**
 * The one way this application writes a number in a cell: ASCII digits and nothing else.
 *
 * <p>No sign, point, exponent, space or digit of another script. Leading zeros are fine: {@code
 * 007} is seven to every CSV reader. At most nine digits, so that the value fits an int.
 */
final class PlainInteger {
  private static final int MAX_DIGITS = 9;

  private PlainInteger() {}

  /** Returns the value of the text, or −1 if the text is not a plain integer. */
  static int parse(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
