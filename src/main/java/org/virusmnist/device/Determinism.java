package org.virusmnist.device;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What TensorFlow must find in the environment when its native library loads, so that the same
 * computation gives the same bits again.
 *
 * <p>{@code TF_DETERMINISTIC_OPS} has operations add up in a fixed order or fail (see {@code
 * tf.config.experimental.enable_op_determinism}); without {@code TF_CUDNN_USE_AUTOTUNE} set to 0 it
 * is a race between cuDNN's algorithms that says which of them computes a convolution.
 */
public final class Determinism {
  private static final Map<String, String> VARIABLES =
      new TreeMap<>(Map.of("TF_DETERMINISTIC_OPS", "1", "TF_CUDNN_USE_AUTOTUNE", "0"));

  private Determinism() {}

  /**
   * Returns what an environment lacks.
   *
   * @param environment the environment of the process when it started
   * @return assignments such as {@code TF_DETERMINISTIC_OPS=1}, sorted; empty if nothing is missing
   */
  public static List<String> missingFrom(Map<String, String> environment) {
    return VARIABLES.entrySet().stream()
        .filter(wanted -> !means(environment.get(wanted.getKey()), wanted.getValue()))
        .map(wanted -> wanted.getKey() + "=" + wanted.getValue())
        .toList();
  }

  /** TensorFlow reads 0 and false, 1 and true, in any case. */
  private static boolean means(@Nullable String value, String wanted) {
    String word = wanted.equals("1") ? "true" : "false";
    return value != null && (value.equals(wanted) || value.toLowerCase(Locale.ROOT).equals(word));
  }

  /**
   * Returns what cannot be promised, or null.
   *
   * @param deviceName where the work runs, as {@code CPU:0} or {@code GPU:0}
   * @param isBaseTrained whether the depthwise convolutions of the base learn
   */
  public static @Nullable Obstacle against(String deviceName, boolean isBaseTrained) {
    return isBaseTrained && deviceName.startsWith("GPU")
        ? new Obstacle(
            "training the base on "
                + deviceName
                + " cannot be promised to repeat: the gradient of"
                + " a depthwise convolution's filter is added up there in whatever order threads"
                + " finish",
            "Use --device cpu, or leave out --fine-tune-epochs or --deterministic.")
        : null;
  }

  /**
   * Returns why several GPUs cannot be promised to repeat, or null: a call is computed by whichever
   * is free, and unlike GPUs differ in the last bits.
   *
   * @param deviceName where the work runs, as {@code GPU:0,1}
   * @param visible the GPUs that CUDA sees; those that are not listed are taken to be alike
   */
  public static @Nullable Obstacle amongGpus(String deviceName, List<Gpu> visible) {
    List<String> kinds =
        Stream.of(deviceName.replaceFirst("GPU:", "").split(",", -1))
            .map(Integer::valueOf)
            .filter(number -> number < visible.size())
            .map(visible::get)
            .map(gpu -> gpu.name() + ", compute capability " + gpu.computeCapability())
            .distinct()
            .toList();
    return kinds.size() < 2
        ? null
        : new Obstacle(
            "%s are of several kinds (%s), expected one: their results differ in the last bits"
                .formatted(deviceName, String.join("; ", kinds)),
            "Use --device gpu:N.");
  }
}
