package org.virusmnist.model;

import org.tensorflow.proto.ConfigProto;

/**
 * How a TensorFlow session uses the machine.
 *
 * @param device where the work must run
 * @param intraOpThreads threads that share one operation; 0 leaves the choice to TensorFlow
 * @param interOpThreads operations that may run at a time; 0 leaves the choice to TensorFlow
 */
public record SessionSettings(Device device, int intraOpThreads, int interOpThreads) {

  /** Where a session's work may run. */
  public enum Device {
    /** A GPU when TensorFlow finds one, the CPU otherwise. */
    AUTO,
    /** The CPU, GPUs hidden. */
    CPU,
    /** A GPU; it is an error when there is none. */
    GPU
  }

  /**
   * Checks the thread counts.
   *
   * @throws IllegalArgumentException if a thread count is negative
   */
  public SessionSettings {
    if (intraOpThreads < 0 || interOpThreads < 0) {
      throw new IllegalArgumentException(
          "threads are %d and %d, expected 0 or more".formatted(intraOpThreads, interOpThreads));
    }
  }

  /**
   * Returns settings for a device, with threads chosen by TensorFlow.
   *
   * @param device where the work must run
   * @return the settings
   */
  public static SessionSettings on(Device device) {
    return new SessionSettings(device, 0, 0);
  }

  ConfigProto toConfigProto() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(intraOpThreads)
            .setInterOpParallelismThreads(interOpThreads);
    config.getGpuOptionsBuilder().setAllowGrowth(true);
    if (device == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }
}
