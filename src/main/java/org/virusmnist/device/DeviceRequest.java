package org.virusmnist.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code --device} asks for.
 *
 * @param kind where the work must run
 * @param gpus numbers of the GPUs among those that are visible, from 0; none for all of them
 */
public record DeviceRequest(Kind kind, List<Integer> gpus) {

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

  private static final Pattern FORM =
      Pattern.compile("auto|cpu|gpu(?::(all|\\d{1,3}(?:,\\d{1,3})*))?");

  /** Copies the list. */
  public DeviceRequest {
    gpus = List.copyOf(gpus);
  }

  /** Asks for one GPU, or none. */
  public DeviceRequest(Kind kind, int gpu) {
    this(kind, List.of(gpu));
  }

  /**
   * Reads the option's value.
   *
   * @param text {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N}, {@code gpu:0,1} or {@code
   *     gpu:all}, in any case
   * @throws IllegalArgumentException if it is anything else
   */
  public static DeviceRequest parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher matcher = FORM.matcher(lower);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is '"
              + text
              + "', expected auto, cpu, gpu, gpu:N with the number of a GPU from 0, gpu:0,1"
              + " or gpu:all");
    }
    Kind kind = Kind.valueOf(lower.replaceFirst(":.*", "").toUpperCase(Locale.ROOT));
    return new DeviceRequest(kind, numbers(matcher.group(1) == null ? "0" : matcher.group(1)));
  }

  private static List<Integer> numbers(String text) {
    return text.equals("all")
        ? List.of()
        : Stream.of(text.split(",", -1)).map(Integer::valueOf).distinct().toList();
  }

  /** Returns the first of the GPUs, which does what is not shared out. */
  public int gpu() {
    return gpus.isEmpty() ? 0 : gpus.get(0);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    if (gpus.isEmpty()) {
      return name + ":all";
    }
    return gpus.equals(List.of(0))
        ? name
        : gpus.stream().map(String::valueOf).collect(Collectors.joining(",", name + ":", ""));
  }
}
