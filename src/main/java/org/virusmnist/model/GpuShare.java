package org.virusmnist.model;

import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Which GPUs a process uses, and how much of their memory.
 *
 * <p>The other GPUs are hidden: TensorFlow would take half a gigabyte on each. All sessions of a
 * process must agree on them. Images are shared out between several; training is the first one's.
 *
 * @param indexes numbers of the GPUs among those that CUDA sees, from 0; one or more
 * @param memoryFraction the most of each one's memory to take, above 0 and at most 1; memory is
 *     taken as it is needed, and 1 leaves the limit to TensorFlow
 */
public record GpuShare(List<Integer> indexes, double memoryFraction) {
  /** The first GPU, without a limit. */
  public static final GpuShare FIRST = new GpuShare(0, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public GpuShare {
    indexes = List.copyOf(indexes);
    if (indexes.isEmpty() || indexes.stream().anyMatch(index -> index < 0)) {
      throw new IllegalArgumentException(
          "indexes are " + indexes + ", expected one or more, each 0 or more");
    }
    if (!(memoryFraction > 0 && memoryFraction <= 1)) {
      throw new IllegalArgumentException(
          "memory fraction is " + memoryFraction + ", expected more than 0 and at most 1");
    }
  }

  /**
   * Names one GPU.
   *
   * @param index its number among those that CUDA sees, from 0
   * @param memoryFraction the most of its memory to take
   */
  public GpuShare(int index, double memoryFraction) {
    this(List.of(index), memoryFraction);
  }

  /** Returns the numbers with commas between. */
  String numbers() {
    return indexes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  void addTo(ConfigProto.Builder config) {
    GPUOptions.Builder options =
        config.getGpuOptionsBuilder().setAllowGrowth(true).setVisibleDeviceList(numbers());
    if (memoryFraction < 1) {
      options.setPerProcessGpuMemoryFraction(memoryFraction);
    }
  }
}
