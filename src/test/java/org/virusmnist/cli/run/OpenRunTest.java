package org.virusmnist.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.storage.DirectoryLock;

/** A run directory belongs to one process, from its first file to its last. */
class OpenRunTest {
  private static final Map<String, Object> CONFIG = Map.of("command", "train");

  @TempDir private Path root;

  @Test
  void fillsAnEmptyDirectoryUnderItsLock() throws IOException {
    try (OpenRun run = OpenRun.create(root, CONFIG)) {
      assertThat(ConfigJson.read(run.directory().config())).containsEntry("command", "train");
      assertThat(run.lock().isHeld()).isTrue();
      assertThatThrownBy(() -> OpenRun.create(root, CONFIG))
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(() -> OpenRun.takeOver(root))
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " is writing into it");
    }
    assertThat(root.toFile().list()).containsExactly("config.json");
  }

  @Test
  void leavesADirectoryAloneThatAnotherIsAboutToFill() throws IOException {
    try (DirectoryLock other = DirectoryLock.acquire(root)) {
      assertThatThrownBy(() -> OpenRun.create(root, CONFIG))
          .hasMessageContaining("is writing into it");
      assertThat(other.isHeld()).isTrue();
      assertThat(root.toFile().list()).containsExactly("run.lock");
    }
  }

  @Test
  void takesAwayWhatAKilledProcessLeftUnfinished() throws IOException {
    OpenRun.create(root, CONFIG).close();
    Files.writeString(root.resolve(".predictions.csv.0123456789abcdef.tmp"), "row,");
    Files.createDirectories(root.resolve(".model.0123.tmp/variables"));
    Files.writeString(root.resolve("notes.tmp"), "mine");
    try (OpenRun run = OpenRun.takeOver(root)) {
      assertThat(run.isResumed()).isTrue();
      assertThat(root.toFile().list())
          .containsExactlyInAnyOrder("config.json", "run.lock", "notes.tmp");
    }
  }
}
