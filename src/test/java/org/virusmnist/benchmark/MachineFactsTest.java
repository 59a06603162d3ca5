package org.virusmnist.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
  @TempDir private Path proc;

  @Test
  void namesProcessorAndMemory() throws IOException {
    Files.writeString(
        proc.resolve("cpuinfo"),
        "processor\t: 0\nmodel\t\t: 143\nmodel name\t: Intel(R) Xeon(R)   8481C: 2.70GHz\n");
    Files.writeString(proc.resolve("meminfo"), "MemTotal:       24641588 kB\nMemFree: 1 kB\n");
    Map<String, String> facts = new MachineFacts(proc).read();

    assertThat(facts)
        .containsEntry("cpu", "Intel(R) Xeon(R) 8481C: 2.70GHz")
        .containsEntry("memory", "23.5 GiB")
        .containsEntry("architecture", System.getProperty("os.arch"));
    assertThat(facts.keySet())
        .containsExactly("cpu", "processors", "memory", "os", "architecture", "java");
  }

  @Test
  void takesTheNameOfAnArmBoard() throws IOException {
    Files.writeString(proc.resolve("cpuinfo"), "processor\t: 0\nModel\t\t: Raspberry Pi 5\n");

    assertThat(new MachineFacts(proc).read()).containsEntry("cpu", "Raspberry Pi 5");
  }

  @Test
  void leavesOutWhatItCannotSee() {
    assertThat(new MachineFacts(proc).read()).doesNotContainKeys("cpu", "memory").isNotEmpty();
  }
}
