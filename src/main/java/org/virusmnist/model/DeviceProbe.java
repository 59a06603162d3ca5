package org.virusmnist.model;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TUint8;
import org.virusmnist.model.SessionSettings.Device;

/** Finds out where TensorFlow runs a model, by tracing a call rather than by assuming. */
final class DeviceProbe {
  private static final String CPU = "CPU:0";

  /** A full trace wants NVIDIA's profiler too, which containers often forbid. */
  private static final RunOptions WHERE =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE).build();

  /** Convolutions and matrix products in a trace, those that are fused with others too. */
  private static final Pattern WORK = Pattern.compile(" = \\w*(Conv2|MatMul)\\w*\\(");

  private DeviceProbe() {}

  /** Calls the signature of the features. */
  @FunctionalInterface
  interface Base {
    /** Returns what the options ask of a call. */
    RunMetadata trace(Map<String, Tensor> inputs, RunOptions options);
  }

  /**
   * Runs the features of one black image and reads the devices from the trace; a session from which
   * GPUs are hidden needs no trial.
   *
   * @return {@code GPU:n} if a GPU did the work, which is every convolution and matrix product,
   *     with its number among those that CUDA sees; {@code CPU:0} otherwise
   * @throws DeviceUnavailableException if a GPU was asked for and did not do all of the work, or
   *     not every one of several did some
   */
  static String deviceOf(Base base, SessionSettings settings) throws DeviceUnavailableException {
    Device wanted = settings.device();
    if (wanted == Device.CPU) {
      return CPU;
    }
    TreeSet<String> gpus = new TreeSet<>();
    String onCpu = null;
    for (DeviceStepStats stats : trace(base, WHERE).getStepStats().getDevStatsList()) {
      String device = stats.getDevice();
      onCpu = device.endsWith(CPU) && onCpu == null ? work(stats) : onCpu;
      int gpu = device.indexOf("GPU:");
      if (gpu >= 0) {
        gpus.add(device.substring(gpu).split("/", -1)[0]);
      }
    }
    // The session sees the chosen GPUs only and numbers them from 0.
    int expected = settings.gpu().indexes().size();
    if (onCpu == null && gpus.size() >= expected) {
      return "GPU:" + settings.gpu().numbers();
    }
    if (onCpu == null && !gpus.isEmpty()) {
      throw new DeviceUnavailableException(
          "--device gpu:%s: of these GPUs TensorFlow used %d for a trial, expected %d. Use one GPU."
              .formatted(settings.gpu().numbers(), gpus.size(), expected));
    }
    if (wanted == Device.GPU) {
      throw new DeviceUnavailableException(
          "--device gpu: TensorFlow ran %s on the CPU, expected a GPU."
                  .formatted(onCpu == null ? "a trial" : "'" + onCpu + "' of a trial")
              + " Run 'virus-mnist doctor --device gpu', or use --device cpu.");
    }
    return CPU;
  }

  /** Returns what a device ran of that which a GPU is for, {@code name = Conv2D(...)}, or null. */
  private static @Nullable String work(DeviceStepStats stats) {
    return stats.getNodeStatsList().stream()
        .map(NodeExecStats::getTimelineLabel)
        .filter(label -> WORK.matcher(label).find())
        .findFirst()
        .orElse(null);
  }

  /** Computes the features of one black image and returns what the options ask of it. */
  static RunMetadata trace(Base base, RunOptions options) {
    try (TUint8 image =
        TUint8.tensorOf(
            Shape.of(1, ModelSignatures.SIDE, ModelSignatures.SIDE, ModelSignatures.CHANNELS),
            black -> {})) {
      return base.trace(Map.of("images", image), options);
    }
  }
}
