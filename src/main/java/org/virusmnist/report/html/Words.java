package org.virusmnist.report.html;

import java.util.List;
import java.util.Locale;

/** Numbers and lists inside of sentences. */
final class Words {
  private static final List<String> NUMBERS =
      List.of(
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private Words() {}

  /** Returns a number in words up to twelve, in digits above. */
  static String number(int number) {
    return number < NUMBERS.size() ? NUMBERS.get(number) : Text.count(number);
  }

  /** Returns for example {@code no classes}, {@code one class} or {@code 14 classes}. */
  static String classes(int number) {
    return number(number) + (number == 1 ? " class" : " classes");
  }

  /** Returns {@code a}, {@code a and b} or {@code a, b and c}; empty for none. */
  static String list(List<String> parts) {
    if (parts.size() < 2) {
      return String.join("", parts);
    }
    int last = parts.size() - 1;
    return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** Returns the text with a large first letter. */
  static String capital(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Returns shares from 0 to 1 as for example {@code 85–100 %}, or one where they round alike. */
  static String range(double low, double high) {
    String from = whole(low);
    String to = whole(high);
    return from.equals(to) ? to + " %" : from + "–" + to + " %";
  }

  private static String whole(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * share);
  }
}
