package org.virusmnist.device;

import java.util.Locale;

/**
 * A GPU as {@code nvidia-smi} lists it.
 *
 * @param index its number, from 0, in the order of the PCI bus
 * @param name what NVIDIA sells it as
 * @param uuid {@code GPU-…}
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

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %,d MiB, compute capability %s", name, memoryMib, computeCapability);
  }
}
