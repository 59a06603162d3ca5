package org.virusmnist.model;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.proto.ConfigProto;

/**
 * How a TensorFlow session uses the machine.
 *
 * @param device where the work must run
 * @param precision arithmetic of the base outside training
 * @param intraOpThreads threads that share one operation; 0 leaves the choice to TensorFlow
 * @param interOpThreads operations that may run at a time; 0 leaves the choice to TensorFlow
 * @param gpu which GPUs, and how much of them, where one is used
 * @param isDeterministic whether losses are computed in a way that repeats to the bit on a GPU too;
 *     TensorFlow itself must have been told so by the environment of the process
 */
public record SessionSettings(
    Device device,
    Precision precision,
    int intraOpThreads,
    int interOpThreads,
    GpuShare gpu,
    boolean isDeterministic) {

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
   * Returns settings for a device: float32, with threads chosen by TensorFlow.
   *
   * @param device where the work must run
   * @return the settings
   */
  public static SessionSettings on(Device device) {
    return new SessionSettings(device, Precision.FLOAT32, 0, 0, GpuShare.FIRST, false);
  }

  /**
   * Returns these settings for another device.
   *
   * @param other where the work must run
   * @return the changed settings
   */
  public SessionSettings with(Device other) {
    return new SessionSettings(
        other, precision, intraOpThreads, interOpThreads, gpu, isDeterministic);
  }

  /**
   * Returns these settings with another GPU or share of it.
   *
   * @param share which GPU, and how much of it, where one is used
   * @return the changed settings
   */
  public SessionSettings with(GpuShare share) {
    return new SessionSettings(
        device, precision, intraOpThreads, interOpThreads, share, isDeterministic);
  }

  /** Returns these settings for the first of several GPUs. */
  SessionSettings onFirstGpu() {
    return with(new GpuShare(gpu.indexes().get(0), gpu.memoryFraction()));
  }

  /**
   * Returns these settings in another precision.
   *
   * @param other the precision
   * @return the changed settings
   */
  public SessionSettings in(Precision other) {
    return new SessionSettings(device, other, intraOpThreads, interOpThreads, gpu, isDeterministic);
  }

  /**
   * Returns these settings with another number of threads for one operation. TensorFlow makes its
   * threads with the first session of a process; later ones share them.
   *
   * @param threads threads, 1 or more; 0 leaves the choice to TensorFlow
   * @return the changed settings
   */
  public SessionSettings withThreads(int threads) {
    return new SessionSettings(device, precision, threads, interOpThreads, gpu, isDeterministic);
  }

  /**
   * Returns these settings with results that repeat to the bit, or without.
   *
   * @param required whether they must
   * @return the changed settings
   */
  public SessionSettings withDeterminism(boolean required) {
    return new SessionSettings(device, precision, intraOpThreads, interOpThreads, gpu, required);
  }

  /**
   * Returns TensorFlow's form of these settings for graphs with variables: float32 whatever the
   * precision.
   *
   * <p>Its graph optimizer is off on a CPU: it takes a third of a second for each signature, and
   * where weights are variables it finds nothing that pays (measured: 151 and 146 µs of processor
   * time an image without and with it).
   */
  ConfigProto toConfigProto() {
    ConfigProto.Builder config = threadsAndDevice();
    if (device == Device.CPU) {
      config.getGraphOptionsBuilder().getRewriteOptionsBuilder().setDisableMetaOptimizer(true);
    }
    return config.build();
  }

  /** Returns the form for a graph whose weights are constants: optimized, in this precision. */
  ConfigProto toFrozenConfigProto() {
    ConfigProto.Builder config = threadsAndDevice();
    precision.rewrite(config);
    // What has no kernel for a GPU runs on the CPU; DeviceProbe sees to it that the rest does not.
    config.setAllowSoftPlacement(!devices().isEmpty());
    return config.build();
  }

  /** Returns the devices that images are shared out between, as TensorFlow names them, or none. */
  List<String> devices() {
    int gpus = device == Device.CPU ? 0 : gpu.indexes().size();
    return gpus < 2
        ? List.of()
        : IntStream.range(0, gpus).mapToObj(number -> "/device:GPU:" + number).toList();
  }

  private ConfigProto.Builder threadsAndDevice() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(intraOpThreads)
            .setInterOpParallelismThreads(interOpThreads);
    if (device == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      gpu.addTo(config);
    }
    return config;
  }
}
