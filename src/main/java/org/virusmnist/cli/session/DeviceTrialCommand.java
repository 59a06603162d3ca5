package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.DeviceTrial;
import org.virusmnist.model.ListedDevice;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.TensorFlowLibrary;
import org.virusmnist.report.ConfigJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What {@code doctor} does with native code, in a process of its own: a broken installation may end
 * the process.
 */
@Command(name = DeviceTrialCommand.NAME, hidden = true, description = "Used by doctor.")
public final class DeviceTrialCommand implements Callable<Integer> {
  /** The hidden verb's name. */
  public static final String NAME = "device-trial";

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(names = "--output", required = true, description = "JSON to write.")
  private Path output = Path.of("");

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    DeviceChoice choice = DeviceChoice.of(device.request());
    SessionSettings settings =
        choice.load(
            SessionSettings.on(SessionSettings.Device.CPU).with(device.share()),
            UsedDevice::logExtraction);
    List<ListedDevice> devices = ListedDevice.of(settings);
    List<String> tried = toTry(devices, settings.device() == SessionSettings.Device.CPU);
    float difference = 0;
    for (String name : tried) {
      difference = Math.max(difference, DeviceTrial.run(settings, name));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("tensorflow", TensorFlowLibrary.version());
    result.put("devices", devices.stream().map(DeviceTrialCommand::nameAndSize).toList());
    result.put("device", String.join(" and ", tried));
    result.put("difference", difference);
    result.put("why_cpu", String.valueOf(choice.whyCpu(tried.get(0))));
    ConfigJson.write(output, result);
    return ExitCode.OK;
  }

  private static String nameAndSize(ListedDevice device) {
    return String.format(Locale.ROOT, "%s (%,d MiB)", device.name(), device.memoryBytes() >> 20);
  }

  /**
   * Returns what computes: the CPU, or every GPU that the request left visible; the first one where
   * none is listed, so that the trial fails.
   *
   * @param devices what TensorFlow lists
   */
  static List<String> toTry(List<ListedDevice> devices, boolean isOnCpu) {
    if (isOnCpu) {
      return List.of("CPU:0");
    }
    List<String> gpus =
        devices.stream().filter(ListedDevice::isGpu).map(ListedDevice::name).toList();
    return gpus.isEmpty() ? List.of("GPU:0") : gpus;
  }
}
