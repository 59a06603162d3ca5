package org.virusmnist.tuning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Numbers between two others, drawn evenly or evenly by their logarithm.
 *
 * @param option the option's name, without dashes
 * @param low the smallest value
 * @param high the largest value, above the smallest
 * @param isLog whether every factor is as likely, and not every difference
 * @param isWhole whether values are whole numbers
 */
public record Range(String option, double low, double high, boolean isLog, boolean isWhole)
    implements Dimension {
  /** Enough to tell settings apart, few enough to be typed again. */
  private static final MathContext DIGITS = new MathContext(4);

  private static final double WIDE = 10;
  private static final String LOG = ":log";
  private static final String LINEAR = ":linear";

  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if they are not in order, or not above 0 where that is needed
   */
  public Range {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "%s: from %s to %s, expected a smaller number and a larger".formatted(option, low, high));
    }
    if (isLog && low <= 0) {
      throw new IllegalArgumentException(
          "%s: begins at %s, expected more than 0 on a logarithmic scale".formatted(option, low));
    }
  }

  static Range parse(String option, String values) {
    boolean isLog = values.endsWith(LOG);
    boolean isLinear = values.endsWith(LINEAR);
    String ends = isLog || isLinear ? values.substring(0, values.lastIndexOf(':')) : values;
    int dots = ends.indexOf("..");
    String first = ends.substring(0, dots);
    String last = ends.substring(dots + 2);
    double low = number(option, first);
    double high = number(option, last);
    boolean isWide = low > 0 && high >= WIDE * low;
    boolean isWhole = first.matches("-?\\d+") && last.matches("-?\\d+");
    return new Range(option, low, high, isLog || (isWide && !isLinear), isWhole);
  }

  private static double number(String option, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is no number, expected LOW..HIGH".formatted(option, text), e);
    }
  }

  @Override
  public String draw(Random random) {
    double share = random.nextDouble();
    if (isWhole) {
      double value = between(low, high + 1, share);
      return Long.toString((long) Math.min(high, Math.floor(value)));
    }
    double value = new BigDecimal(between(low, high, share)).round(DIGITS).doubleValue();
    return plain(Math.max(low, Math.min(high, value)));
  }

  private double between(double from, double to, double share) {
    if (!isLog) {
      return from + share * (to - from);
    }
    // StrictMath: the same trials on every machine.
    return from * StrictMath.exp(share * StrictMath.log(to / from));
  }

  private static String plain(double value) {
    BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
    return number.signum() == 0 ? "0" : number.toPlainString();
  }

  @Override
  public OptionalLong count() {
    return isWhole ? OptionalLong.of((long) (high - low) + 1) : OptionalLong.empty();
  }
}
