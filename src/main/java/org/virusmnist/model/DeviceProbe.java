package org.virusmnist.model;

import java.util.Map;
import java.util.TreeSet;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TUint8;
import org.virusmnist.model.SessionSettings.Device;

/** Finds out where TensorFlow runs a model, by tracing a call rather than by assuming. */
final class DeviceProbe {
  private DeviceProbe() {}

  /**
   * Runs the features of one black image and reads the devices from the trace.
   *
   * @return {@code GPU:n} if a GPU did any of the work, {@code CPU:0} otherwise
   * @throws DeviceUnavailableException if a GPU was asked for and none did any of the work
   */
  static String deviceOf(SavedModelBundle bundle, Device wanted) throws DeviceUnavailableException {
    TreeSet<String> gpus = new TreeSet<>();
    for (DeviceStepStats stats : trace(bundle).getStepStats().getDevStatsList()) {
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
    return "CPU:0";
  }

  private static RunMetadata trace(SavedModelBundle bundle) {
    SignatureDef signature =
        bundle.metaGraphDef().getSignatureDefOrThrow(ModelSignatures.FEATURES_OF_IMAGES);
    RunOptions options =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    try (TUint8 image =
        TUint8.tensorOf(
            Shape.of(1, ModelSignatures.SIDE, ModelSignatures.SIDE, ModelSignatures.CHANNELS),
            black -> {})) {
      Session.Runner runner = bundle.session().runner().setOptions(options);
      for (TensorInfo input : signature.getInputsMap().values()) {
        runner.feed(input.getName(), image);
      }
      for (Map.Entry<String, TensorInfo> output : signature.getOutputsMap().entrySet()) {
        runner.fetch(output.getValue().getName());
      }
      try (Result result = runner.runAndFetchMetadata()) {
        return result.getMetadata().orElseThrow();
      }
    }
  }
}
