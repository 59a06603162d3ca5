package org.virusmnist.device;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --device} asks for.
 *
 * @param kind where the work must run
 * @param gpu number of the GPU among those that are visible, from 0
 */
public record DeviceRequest(Kind kind, int gpu) {

  /** Where work may run. */
  public enum Kind {
    /** A GPU when one can be used, the CPU otherwise. */
    AUTO,
    /** The CPU. */
    CPU,
    /** A GPU, or nothing. */
    GPU
  }

  /** A GPU when one can be used. */
  public static final DeviceRequest AUTO = new DeviceRequest(Kind.AUTO, 0);

  private static final Pattern FORM = Pattern.compile("auto|cpu|gpu(?::(\\d{1,3}))?");

  /**
   * Reads the option's value.
   *
   * @param text {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}, in any case
   * @throws IllegalArgumentException if it is anything else
   */
  public static DeviceRequest parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher matcher = FORM.matcher(lower);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is '" + text + "', expected auto, cpu, gpu or gpu:N with the number of a GPU from 0");
    }
    Kind kind = Kind.valueOf(lower.replaceFirst(":.*", "").toUpperCase(Locale.ROOT));
    return new DeviceRequest(
        kind, matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return gpu == 0 ? name : name + ":" + gpu;
  }
}
