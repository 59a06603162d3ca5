package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.SessionSettings.Device;
import org.virusmnist.model.TracedSteps;

/** The tests of a device on the CPU: two threads against one. */
@Tag("native")
class CpuDeviceSuiteIT extends DeviceSuite {
  @Override
  SessionSettings settings() {
    return SessionSettings.on(Device.CPU).withThreads(2);
  }

  @Override
  String request() {
    return "cpu";
  }

  /** Returns the size of the process after a collection of garbage. */
  @Override
  long usedMib() throws IOException {
    System.gc();
    String size =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(size.replaceAll("[^0-9]", "")) / 1024;
  }

  @Override
  String problemOfTrace(TracedSteps one) {
    return one.copiesToDevice() == 0 ? "" : "copies to a GPU in a session that has none";
  }

  @Override
  void requireDeterminism() {
    // Every operation of a CPU repeats for a number of threads.
  }
}
