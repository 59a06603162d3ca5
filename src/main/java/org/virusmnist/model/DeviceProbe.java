package org.virusmnist.model;

import java.util.Map;
import java.util.TreeSet;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TUint8;
import org.virusmnist.model.SessionSettings.Device;

/** Finds out where TensorFlow runs a model, by tracing a call rather than by assuming. */
final class DeviceProbe {
  private static final String CPU = "CPU:0";
  private static final RunOptions WHERE =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  private DeviceProbe() {}

  /**
   * Runs the features of one black image and reads the devices from the trace; a session from which
   * GPUs are hidden needs no trial.
   *
   * @return {@code GPU:n} if a GPU did any of the work, {@code CPU:0} otherwise
   * @throws DeviceUnavailableException if a GPU was asked for and none did any of the work
   */
  static String deviceOf(ModelSession session, Device wanted) throws DeviceUnavailableException {
    if (wanted == Device.CPU) {
      return CPU;
    }
    TreeSet<String> gpus = new TreeSet<>();
    for (DeviceStepStats stats : trace(session, WHERE).getStepStats().getDevStatsList()) {
      String device = stats.getDevice();
      int gpu = device.indexOf("GPU:");
      if (gpu >= 0) {
        gpus.add(device.substring(gpu).split("/", -1)[0]);
      }
    }
    if (!gpus.isEmpty()) {
      return gpus.first();
    }
    if (wanted == Device.GPU) {
      throw new DeviceUnavailableException(
          "--device gpu: TensorFlow found no GPU and ran a trial on the CPU, expected a CUDA GPU."
              + " Use --device cpu, or install NVIDIA's driver and a GPU build of TensorFlow.");
    }
    return CPU;
  }

  /** Computes the features of one black image and returns what the options ask of it. */
  static RunMetadata trace(ModelSession session, RunOptions options) {
    try (TUint8 image =
        TUint8.tensorOf(
            Shape.of(1, ModelSignatures.SIDE, ModelSignatures.SIDE, ModelSignatures.CHANNELS),
            black -> {})) {
      return session.trace(ModelSignatures.FEATURES_OF_IMAGES, Map.of("images", image), options);
    }
  }
}
