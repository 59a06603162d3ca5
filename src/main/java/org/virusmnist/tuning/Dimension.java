package org.virusmnist.tuning;

import java.util.OptionalLong;
import java.util.Random;

/** An option and the values that a search may give it. */
public sealed interface Dimension permits Choices, Range {
  /** Returns the option's name, without dashes. */
  String option();

  /**
   * Draws a value.
   *
   * @param random is asked for one number, whatever comes of it
   * @return the value as it would be typed
   */
  String draw(Random random);

  /** Returns how many values there are, or nothing where they cannot be counted. */
  OptionalLong count();

  /**
   * Reads {@code OPTION=VALUES}: {@code dropout=0,0.2,0.5} has three values to choose from, {@code
   * learning-rate=0.0003..0.01} is a range, {@code epochs=5..50} one of whole numbers.
   *
   * <p>A range that begins above 0 and ends at ten times that or more is drawn from on a
   * logarithmic scale, any other evenly; {@code :log} or {@code :linear} at the end says which.
   *
   * @param text as typed
   * @throws IllegalArgumentException saying what is wrong
   */
  static Dimension parse(String text) {
    int at = text.indexOf('=');
    String option = at < 0 ? "" : text.substring(0, at).strip().replaceFirst("^--", "");
    if (option.isEmpty() || at == text.length() - 1) {
      throw new IllegalArgumentException(
          "'%s' is no search, expected OPTION=VALUE,VALUE,... or OPTION=LOW..HIGH".formatted(text));
    }
    String values = text.substring(at + 1).strip();
    return values.contains("..") ? Range.parse(option, values) : Choices.parse(option, values);
  }
}
