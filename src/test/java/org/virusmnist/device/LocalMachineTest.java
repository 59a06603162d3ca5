package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.device.Machine.CommandOutput;

class LocalMachineTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Machine machine = new LocalMachine();

  @Test
  void readsAndResolvesFiles() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThat(machine.read(link)).isEqualTo("text");
    assertThat(machine.resolve(link)).isEqualTo(file.toRealPath());
    assertThat(machine.list(directory)).containsExactly("file", "link");
  }

  @Test
  void saysNothingOfWhatIsNotThere() {
    Path absent = directory.resolve("absent");

    assertThat(machine.read(absent)).isNull();
    assertThat(machine.resolve(absent)).isNull();
    assertThat(machine.list(absent)).isEmpty();
    assertThat(machine.run(LONG, absent.toString())).isNull();
  }

  @Test
  void returnsWhatAProgramPrints() {
    assertThat(machine.run(LONG, "sh", "-c", "echo out; echo err >&2; exit 3"))
        .isEqualTo(new CommandOutput(3, "out\nerr\n"));
  }

  @Test
  void doesNotWaitForEver() {
    assertThat(machine.run(Duration.ofMillis(50), "sleep", "60")).isNull();
  }

  @Test
  void knowsPlatformAndEnvironment() {
    assertThat(machine.platform())
        .isEqualTo(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    assertThat(machine.environment()).isEqualTo(System.getenv());
  }
}
