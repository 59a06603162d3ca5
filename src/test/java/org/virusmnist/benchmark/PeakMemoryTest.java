package org.virusmnist.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {
  @TempDir private Path process;

  @Test
  void readsWhatLinuxCounted() throws IOException {
    Files.writeString(
        process.resolve("status"), "Name:\tjava\nVmPeak:\t 8000 kB\nVmHWM:\t  1536 kB\n");

    assertThat(new PeakMemory(process).bytes()).isEqualTo(1536 * 1024);
  }

  @Test
  void asksLinuxToForget() throws IOException {
    PeakMemory memory = new PeakMemory(process);
    memory.reset();

    assertThat(process.resolve("clear_refs")).hasContent("5");
  }

  @Test
  void knowsNothingWhereThereIsNoSuchFile() throws IOException {
    PeakMemory elsewhere = new PeakMemory(process.resolve("absent"));
    elsewhere.reset();

    assertThat(elsewhere.bytes()).isNull();
    Files.writeString(process.resolve("status"), "Name:\tjava\n");
    assertThat(new PeakMemory(process).bytes()).isNull();
    Files.writeString(process.resolve("status"), "VmHWM:\n");
    assertThat(new PeakMemory(process).bytes()).isNull();
  }
}
