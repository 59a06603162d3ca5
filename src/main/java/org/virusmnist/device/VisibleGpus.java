package org.virusmnist.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which GPUs {@code CUDA_VISIBLE_DEVICES} leaves, in the order CUDA numbers them: names or numbers
 * up to the first that does not exist.
 *
 * <p>Numbers are taken as {@code nvidia-smi} counts, which is true under {@code
 * CUDA_DEVICE_ORDER=PCI_BUS_ID}; the launcher sets that.
 */
public final class VisibleGpus {
  static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private VisibleGpus() {}

  /** Returns whether the variable leaves none: empty, or beginning with no number of a device. */
  static boolean hidesAll(String visible) {
    return visible.isBlank() || visible.strip().startsWith("-1") || visible.equals("NoDevFiles");
  }

  /**
   * Returns the GPUs that are left.
   *
   * @param all all GPUs of the machine
   * @param environment the environment, in which the variable need not be set
   */
  public static List<Gpu> of(List<Gpu> all, Map<String, String> environment) {
    String visible = environment.get(VARIABLE);
    if (visible == null) {
      return all;
    }
    List<Gpu> left = new ArrayList<>();
    for (String name : visible.split(",", -1)) {
      Gpu gpu = find(all, name.strip());
      if (gpu == null) {
        return left;
      }
      left.add(gpu);
    }
    return left;
  }

  private static @Nullable Gpu find(List<Gpu> all, String name) {
    for (Gpu gpu : all) {
      boolean isNamed = name.startsWith("GPU-") && gpu.uuid().startsWith(name);
      if (isNamed || name.equals(String.valueOf(gpu.index()))) {
        return gpu;
      }
    }
    return null;
  }
}
