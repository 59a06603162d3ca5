package org.virusmnist.device;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of NVIDIA's driver.
 *
 * @param text as NVIDIA writes it, {@code 535.104.05}
 */
public record DriverVersion(String text) implements Comparable<DriverVersion> {

  /**
   * The first driver that runs programs built for any CUDA 12 (CUDA Compatibility, table 1, and the
   * support matrix of cuDNN 9.5.1; both on docs.nvidia.com).
   */
  public static final DriverVersion FIRST_FOR_CUDA_12 = new DriverVersion("525.60.13");

  /**
   * The first driver that compiles PTX 8.3, which is what TensorFlow 2.18's kernels have for
   * compute capability 9.0 and newer ({@code scripts/gpu/fatbins}): the driver of CUDA 12.3.
   */
  public static final DriverVersion FIRST_FOR_PTX_8_3 = new DriverVersion("545.23.06");

  private static final Pattern VERSION =
      Pattern.compile("\\b(\\d{3,4}\\.\\d{1,3}(\\.\\d{1,3})?)\\b");

  /** Finds the first version in a text. */
  static @Nullable DriverVersion in(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find() ? new DriverVersion(matcher.group(1)) : null;
  }

  /** Returns whether this driver is older than another. */
  public boolean isOlderThan(DriverVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(DriverVersion other) {
    return Arrays.compare(numbers(), other.numbers());
  }

  private int[] numbers() {
    return Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public String toString() {
    return text;
  }
}
