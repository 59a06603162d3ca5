package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.session.DeviceTrialCommand;
import org.virusmnist.device.DevicePlan;
import org.virusmnist.device.Finding;
import org.virusmnist.device.Machine;
import org.virusmnist.device.Machine.CommandOutput;
import org.virusmnist.report.ConfigJson;

/** Has a child process try TensorFlow, and says what came of it. */
final class TrialRunner {
  /** The first one may extract 4 GB. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Exit codes above it are signals, as shells and the JVM on Unix have it. */
  private static final int SIGNALS = 128;

  private final Machine machine;

  TrialRunner(Machine machine) {
    this.machine = machine;
  }

  /** Tries what the plan is for; without a GPU in it, the CPU. */
  List<Finding> run(DevicePlan plan) throws IOException {
    Path result = Files.createTempFile("virus-mnist-", ".json");
    try {
      String device = plan.usesGpu() ? plan.request().toString() : "cpu";
      CommandOutput output = machine.run(TIMEOUT, command(device, result));
      return output == null || output.exitCode() != 0
          ? List.of(failed(output))
          : succeeded(ConfigJson.read(result), plan);
    } finally {
      Files.deleteIfExists(result);
    }
  }

  private static String[] command(String device, Path result) {
    return new String[] {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-cp",
      System.getProperty("java.class.path"),
      Main.class.getName(),
      DeviceTrialCommand.NAME,
      "--device",
      device,
      "--output",
      result.toString()
    };
  }

  static Finding failed(@Nullable CommandOutput output) {
    String next = "Look at the findings above; --device cpu works without a GPU.";
    if (output == null) {
      return Finding.notOk("TensorFlow", "the trial does not end", next);
    }
    if (output.exitCode() > SIGNALS) {
      return Finding.notOk(
          "TensorFlow",
          "the trial was ended by signal %d, as by a cuDNN without its parts: %s"
              .formatted(output.exitCode() - SIGNALS, lastLine(output.text())),
          next);
    }
    return Finding.notOk("TensorFlow", lastLine(output.text()), next);
  }

  static List<Finding> succeeded(Map<String, @Nullable Object> result, DevicePlan plan) {
    String devices = String.valueOf(result.get("devices")).replaceAll("[\\[\\]]", "");
    String computation =
        "a matrix product and a convolution on %s are right (off by %s at most)"
            .formatted(result.get("device"), result.get("difference"));
    boolean isMissed = plan.usesGpu() && "CPU:0".equals(result.get("device"));
    return List.of(
        isMissed
            ? Finding.notOk(
                "TensorFlow",
                "lists %s, no GPU: %s".formatted(devices, result.get("why_cpu")),
                "Look at the findings above.")
            : Finding.ok(
                "TensorFlow", "version %s, lists %s".formatted(result.get("tensorflow"), devices)),
        Finding.ok("computation", computation));
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1).strip();
  }
}
