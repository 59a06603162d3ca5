package org.virusmnist.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** What to do about a variable that hides every GPU. */
  static final String NEXT = "Unset it, or set it to the numbers of the GPUs to use.";

  private static final String GPU = "GPU-";
  private static final String SHARE = "MIG-";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private VisibleGpus() {}

  /** Returns whether the variable leaves none: empty, or beginning with no name of a device. */
  static boolean hidesAll(String visible) {
    String first = visible.split(",", -1)[0].strip();
    return !isNumber(first) && !first.startsWith(GPU) && !first.startsWith(SHARE);
  }

  /**
   * Returns whether only the list of GPUs can tell that the variable leaves one.
   *
   * @param environment the environment, in which the variable need not be set
   * @param count how many GPUs the kernel lists, 0 if that is not known
   */
  static boolean mayNameNone(Map<String, String> environment, int count) {
    String first = environment.getOrDefault(VARIABLE, "0").split(",", -1)[0].strip();
    return isNumber(first) && Integer.parseInt(first) > Math.max(0, count - 1);
  }

  private static boolean isNumber(String name) {
    return NUMBER.matcher(name).matches();
  }

  /**
   * Returns what is wrong if none of the GPUs that there are is left, or null.
   *
   * @param all all GPUs of the machine, one or more
   * @param environment the environment, in which the variable need not be set
   */
  static @Nullable Obstacle obstacle(List<Gpu> all, Map<String, String> environment) {
    return of(all, environment).isEmpty()
        ? new Obstacle(
            "%s is '%s', which hides every GPU; there %s"
                .formatted(
                    VARIABLE,
                    environment.get(VARIABLE),
                    all.size() == 1 ? "is one, 0" : "are 0 to " + (all.size() - 1)),
            NEXT)
        : null;
  }

  /**
   * Returns what to add to a sentence about GPUs that are not seen.
   *
   * @param environment the environment, in which the variable need not be set
   * @return {@code (CUDA_VISIBLE_DEVICES is '7')} after a space, or nothing
   */
  public static String remark(Map<String, String> environment) {
    String visible = environment.get(VARIABLE);
    return visible == null ? "" : " (%s is '%s')".formatted(VARIABLE, visible);
  }

  /**
   * Returns the GPUs that are left.
   *
   * <p>A share of a GPU (MIG) is not in the list and is returned with its name alone; CUDA shows a
   * process one share and nothing besides.
   *
   * @param all all GPUs of the machine
   * @param environment the environment, in which the variable need not be set
   */
  public static List<Gpu> of(List<Gpu> all, Map<String, String> environment) {
    String visible = environment.get(VARIABLE);
    if (visible == null) {
      return all;
    }
    if (visible.strip().startsWith(SHARE)) {
      String name = visible.split(",", -1)[0].strip();
      return List.of(new Gpu(-1, "MIG instance", name, 0, 0, "unknown"));
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
      boolean isNamed = name.startsWith(GPU) && gpu.uuid().startsWith(name);
      if (isNamed || name.equals(String.valueOf(gpu.index()))) {
        return gpu;
      }
    }
    return null;
  }
}
