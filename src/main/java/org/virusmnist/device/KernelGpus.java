package org.virusmnist.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs that NVIDIA's kernel module lists, which costs nothing to read and says less than {@code
 * nvidia-smi}.
 *
 * @param models what they are, one of each GPU; none where the module says nothing, as under
 *     Windows
 */
record KernelGpus(List<String> models) {
  private static final Path DIRECTORY = Path.of("/proc/driver/nvidia/gpus");
  private static final String MODEL = "Model:";

  /** Copies the list. */
  KernelGpus {
    models = List.copyOf(models);
  }

  static KernelGpus of(Machine machine) {
    List<String> models = new ArrayList<>();
    for (String busAddress : machine.list(DIRECTORY)) {
      models.add(model(machine.read(DIRECTORY.resolve(busAddress).resolve("information"))));
    }
    return new KernelGpus(models);
  }

  private static String model(@Nullable String information) {
    return information == null
        ? ""
        : information
            .lines()
            .filter(line -> line.startsWith(MODEL))
            .map(line -> line.substring(MODEL.length()).strip())
            .findFirst()
            .orElse("");
  }

  int count() {
    return models.size();
  }

  boolean areOfSeveralModels() {
    return models.stream().distinct().count() > 1;
  }
}
