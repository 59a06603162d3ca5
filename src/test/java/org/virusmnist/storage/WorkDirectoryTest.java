package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path directory;

  @Test
  void goesWithEverythingInIt() throws IOException {
    Path parent = directory.resolve("made/too");
    try (WorkDirectory work = WorkDirectory.create(parent)) {
      Files.writeString(Files.createDirectory(work.path().resolve("inner")).resolve("file"), "x");
      assertThat(parent).isNotEmptyDirectory();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void deletesWhatAKilledProcessLeft() throws IOException {
    Path left = Files.createDirectory(directory.resolve("virus-mnist-work-left"));
    Files.writeString(left.resolve("run.lock"), "1\n");
    Path young = Files.createDirectory(directory.resolve("virus-mnist-work-young"));
    Path others = Files.createDirectory(directory.resolve("somebody-elses"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
    WorkDirectory.create(directory).close();

    assertThat(left).doesNotExist();
    assertThat(young).isDirectory();
    assertThat(others).isDirectory();
  }

  @Test
  void leavesADirectoryAloneThatIsInUse() throws IOException {
    try (WorkDirectory used = WorkDirectory.create(directory)) {
      WorkDirectory.deleteAbandoned(directory, Instant.now().plusSeconds(60));
      assertThat(used.path()).isDirectory();
    }
  }

  @Test
  void saysThatTheDiskIsTooSmall() throws IOException {
    try (WorkDirectory work = WorkDirectory.create(directory)) {
      work.requireSpace(1, "a byte");
      assertThatThrownBy(() -> work.requireSpace(Long.MAX_VALUE, "everything"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(directory + ": has room for ")
          .hasMessageEndingWith(
              " GB, expected 9223372036.9 GB for everything. Name another --work-directory.");
    }
  }
}
