package org.virusmnist.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.device.Gpu;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NvidiaSmi;
import org.virusmnist.device.VisibleGpus;
import org.virusmnist.model.DeviceChoice;

/**
 * Where the work runs, as TensorFlow told.
 *
 * @param name {@code CPU:0}, {@code GPU:1} or {@code GPU:0,1}
 * @param whyCpu why a GPU that {@code auto} would have taken is not used, or null
 * @param isMissed whether a driver is there, so that somebody may miss the GPU
 */
public record UsedDevice(String name, @Nullable String whyCpu, boolean isMissed) {
  private static final Logger LOG = LogManager.getLogger(UsedDevice.class);
  private static final String GPU = "GPU:";

  /**
   * Says where the work runs.
   *
   * @param choice what was decided
   * @param deviceName what TensorFlow told
   */
  static UsedDevice of(DeviceChoice choice, String deviceName) {
    return new UsedDevice(deviceName, choice.whyCpu(deviceName), choice.hasDriver());
  }

  /**
   * Says that the first start with CUDA takes its time.
   *
   * @param directory where the libraries go
   */
  public static void logExtraction(Path directory) {
    LOG.info("CUDA        extracting 2.4 GB of libraries to {}, once", directory);
  }

  /** Says it, and under {@code auto} why it is not a GPU. */
  public void log() {
    if (whyCpu == null) {
      LOG.log(name.startsWith(GPU) ? Level.INFO : Level.DEBUG, "Device      {}", name);
    } else {
      LOG.log(isMissed ? Level.WARN : Level.INFO, "Device      {}: {}", name, whyCpu);
    }
  }

  /** Adds what a run's {@code config.json} says of it. */
  public void addTo(Map<String, Object> record, Machine machine) {
    record.put("device", name);
    if (whyCpu != null) {
      record.put("device_reason", whyCpu);
    }
    if (name.startsWith(GPU)) {
      record.put("device_details", details(NvidiaSmi.ask(machine), machine));
    }
  }

  private String details(NvidiaSmi smi, Machine machine) {
    List<Gpu> gpus = VisibleGpus.of(smi.gpus(), machine.environment());
    List<String> used = new ArrayList<>();
    for (String number : name.substring(GPU.length()).split(",", -1)) {
      int index = Integer.parseInt(number);
      used.add(
          index < gpus.size()
              ? "%s%d, %s, driver %s".formatted(GPU, index, gpus.get(index), smi.driver())
              : GPU + index + ", nvidia-smi does not list it");
    }
    return String.join("; ", used);
  }
}
