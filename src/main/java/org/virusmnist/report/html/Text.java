package org.virusmnist.report.html;

import java.util.Locale;

/** Numbers as people read them. */
final class Text {
  private Text() {}

  /** Returns a share from 0 to 1 as for example {@code 79.5 %}. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "–";
  }

  /** Returns a difference of shares as for example {@code 6.1 points}: percentage points. */
  static String points(double difference) {
    return Double.isFinite(difference)
        ? String.format(Locale.ROOT, "%.1f points", 100 * difference)
        : "–";
  }

  /** Returns the same with its sign, for example {@code −2.0 points}. */
  static String signedPoints(double difference) {
    return Double.isFinite(difference) ? signed(100 * difference, 1) + " points" : "–";
  }

  /** Returns a number with its sign, a minus being as wide as a plus. */
  static String signed(double value, int decimals) {
    return minus(String.format(Locale.ROOT, "%+." + decimals + "f", value));
  }

  /** Returns a number with two decimals and the same minus. */
  static String number(double value) {
    return minus(String.format(Locale.ROOT, "%.2f", value));
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }

  /** Returns for example {@code 1,795}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a whole number that came as a floating one. */
  static String count(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%,.0f", number) : "–";
  }

  /** Returns for example {@code 1 row} or {@code 1,795 rows}. */
  static String rows(long number) {
    return count(number) + (number == 1 ? " row" : " rows");
  }

  /** Returns a score with three decimals. */
  static String score(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }

  /** Returns a time, in seconds below two minutes and in minutes and seconds above. */
  static String seconds(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "–";
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }

  /** Returns a coordinate for a drawing. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
