package org.virusmnist.device;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A GPU as {@code nvidia-smi} lists it.
 *
 * @param index its number, from 0, in the order of the PCI bus; -1 if it is a share of a GPU
 * @param name what NVIDIA sells it as
 * @param uuid {@code GPU-…}, or {@code MIG-…} of a share
 * @param memoryMib memory in MiB
 * @param freeMib memory that no process has taken, in MiB
 * @param computeCapability {@code 9.0}
 */
public record Gpu(
    int index, String name, String uuid, long memoryMib, long freeMib, String computeCapability) {

  /** The least that TensorFlow 2.18's kernels are built for. */
  static final double LEAST_CAPABILITY = 6.0;

  /** The first for which most of its kernels are PTX only, to be compiled by the driver. */
  static final double FIRST_COMPILED_CAPABILITY = 9.0;

  double capability() {
    try {
      return Double.parseDouble(computeCapability);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  boolean isCapable() {
    return !(capability() < LEAST_CAPABILITY);
  }

  /**
   * Returns why TensorFlow cannot use it, or null.
   *
   * @param driver the driver's version, or null if nothing tells
   */
  @Nullable String problemWith(@Nullable DriverVersion driver) {
    if (!isCapable()) {
      return "expected compute capability %s or more".formatted(LEAST_CAPABILITY);
    }
    boolean compiles = capability() >= FIRST_COMPILED_CAPABILITY;
    if (compiles && driver != null && driver.isOlderThan(DriverVersion.FIRST_FOR_PTX_8_3)) {
      return "the driver must compile TensorFlow's kernels for it from PTX 8.3, expected driver %s"
              .formatted(DriverVersion.FIRST_FOR_PTX_8_3)
          + " or newer";
    }
    return null;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %,d MiB, compute capability %s", name, memoryMib, computeCapability);
  }
}
