package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Probabilities as decimal text that reads back as the same float, written into a byte array.
 *
 * <p>The form is that of {@link Float#toString(float)}: {@code 0.25}, {@code 1.0}, {@code 3.1E-6}.
 * The digits are the fewest whose value lies within 0.499 of the gap to the next smaller float, so
 * every correct parser finds the float again, by way of a double or not. That is as short as
 * possible but for the outermost thousandth of the gap, and several times as fast as {@code
 * Float.toString} of Java 17.
 */
final class FloatText {
  /** Most bytes that {@link #write} needs. */
  static final int MAX_BYTES = 16;

  private static final double INSIDE = 0.499;
  private static final int USUAL_DIGITS = 6;
  private static final int SMALLEST_EXPONENT = -45;
  private static final int[] WHOLE_POWERS = new int[10];
  private static final double[] POWERS = new double[-2 * SMALLEST_EXPONENT + 1];

  static {
    Arrays.setAll(WHOLE_POWERS, i -> (int) Math.round(Math.pow(10, i)));
    Arrays.setAll(POWERS, i -> Double.parseDouble("1e" + (i + SMALLEST_EXPONENT)));
  }

  private FloatText() {}

  /**
   * Writes a number.
   *
   * @param value any float; those from 0 to below 10 are written fast
   * @param out array with at least {@link #MAX_BYTES} bytes left
   * @param at index of the first byte
   * @return index after the last byte
   */
  static int write(float value, byte[] out, int at) {
    if (!(value >= Float.MIN_VALUE && value < 9.5f)) {
      return copy(Float.toString(value), out, at);
    }
    int exponent = exponent(value);
    double scale = power(-exponent);
    double scaled = value * scale;
    double tolerance = INSIDE * (value - Math.nextDown(value)) * scale;
    int digits = fractionDigits(scaled, tolerance);
    long mantissa = Math.round(scaled * WHOLE_POWERS[digits]);
    if (mantissa == 10 && digits == 0) {
      mantissa = 1;
      exponent++;
    }
    return exponent >= -3
        ? plain((int) mantissa, digits, exponent, out, at)
        : scientific((int) mantissa, digits, exponent, out, at);
  }

  /** Largest e with 10^e ≤ value. */
  private static int exponent(float value) {
    int exponent = (Math.getExponent(value) * 1233) >> 12; // 1233 / 4096 is log10(2)
    if (value >= power(exponent + 1)) {
      exponent++;
    }
    while (value < power(exponent)) {
      exponent--;
    }
    return exponent;
  }

  /** Fewest digits after the point that come close enough to a number from 1 to 10. */
  private static int fractionDigits(double scaled, double tolerance) {
    int digits = USUAL_DIGITS;
    if (isClose(scaled, digits, tolerance)) {
      while (digits > 0 && isClose(scaled, digits - 1, tolerance)) {
        digits--;
      }
      return digits;
    }
    do {
      digits++;
    } while (!isClose(scaled, digits, tolerance));
    return digits;
  }

  private static boolean isClose(double scaled, int digits, double tolerance) {
    double rounded = Math.rint(scaled * WHOLE_POWERS[digits]) * power(-digits);
    return Math.abs(rounded - scaled) <= tolerance;
  }

  private static int plain(int mantissa, int digits, int exponent, byte[] out, int start) {
    int at = start;
    if (exponent >= 0) {
      return pointed(mantissa, digits, out, at);
    }
    out[at++] = '0';
    out[at++] = '.';
    for (int i = -1; i > exponent; i--) {
      out[at++] = '0';
    }
    return whole(mantissa, digits + 1, out, at);
  }

  private static int scientific(int mantissa, int digits, int exponent, byte[] out, int start) {
    int at = pointed(mantissa, digits, out, start);
    out[at++] = 'E';
    out[at++] = '-';
    return whole(-exponent, exponent > -10 ? 1 : 2, out, at);
  }

  /** One digit before the point, at least one after it. */
  private static int pointed(int mantissa, int digits, byte[] out, int start) {
    int at = start;
    int power = WHOLE_POWERS[digits];
    out[at++] = (byte) ('0' + mantissa / power);
    out[at++] = '.';
    return whole(mantissa % power, Math.max(1, digits), out, at);
  }

  private static int whole(int number, int digits, byte[] out, int at) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  private static double power(int exponent) {
    return POWERS[exponent - SMALLEST_EXPONENT];
  }

  private static int copy(String text, byte[] out, int at) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return at + bytes.length;
  }
}
