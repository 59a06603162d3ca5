package org.virusmnist.model;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Which GPU a process uses, and how much of its memory.
 *
 * <p>The other GPUs are hidden: TensorFlow would take half a gigabyte on each. All sessions of a
 * process must agree on the GPU.
 *
 * @param index number of the GPU among those that CUDA sees, from 0
 * @param memoryFraction the most of its memory to take, above 0 and at most 1; memory is taken as
 *     it is needed, and 1 leaves the limit to TensorFlow
 */
public record GpuShare(int index, double memoryFraction) {
  /** The first GPU, without a limit. */
  public static final GpuShare FIRST = new GpuShare(0, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public GpuShare {
    if (index < 0) {
      throw new IllegalArgumentException("index is " + index + ", expected 0 or more");
    }
    if (!(memoryFraction > 0 && memoryFraction <= 1)) {
      throw new IllegalArgumentException(
          "memory fraction is " + memoryFraction + ", expected more than 0 and at most 1");
    }
  }

  void addTo(ConfigProto.Builder config) {
    GPUOptions.Builder options =
        config
            .getGpuOptionsBuilder()
            .setAllowGrowth(true)
            .setVisibleDeviceList(String.valueOf(index));
    if (memoryFraction < 1) {
      options.setPerProcessGpuMemoryFraction(memoryFraction);
    }
  }
}
