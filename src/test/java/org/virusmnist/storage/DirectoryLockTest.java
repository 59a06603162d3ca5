package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time writes into a directory. */
class DirectoryLockTest {
  @TempDir private Path directory;

  @Test
  void letsNobodyElseIn() throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> DirectoryLock.acquire(directory))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s: process %d is writing into it. Wait for its end, or name another directory.",
              directory, ProcessHandle.current().pid());
      lock.requireHeld();
    }
  }

  @Test
  void keepsOtherProcessesOutHoweverOftenItIsLookedAt() throws Exception {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      lock.requireHeld();
      assertThat(LockProbe.isLetIn(directory)).isFalse();
      lock.requireHeld();
    }
    assertThat(LockProbe.isLetIn(directory)).isTrue();
  }

  @Test
  void leavesNothingBehind() throws IOException {
    DirectoryLock lock = DirectoryLock.acquire(directory);
    lock.close();
    lock.close();

    assertThat(directory).isEmptyDirectory();
    DirectoryLock.acquire(directory).close();
  }

  @Test
  void takesOverFromAProcessThatWasKilled() throws IOException {
    Files.writeString(directory.resolve("run.lock"), "1 left behind");

    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      assertThat(lock.isHeld()).isTrue();
    }
  }

  @Test
  void noticesThatTheDirectoryWasRemoved() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    try (DirectoryLock lock = DirectoryLock.acquire(run)) {
      AtomicDirectory.delete(run);
      assertThatThrownBy(lock::requireHeld)
          .isInstanceOf(IOException.class)
          .hasMessage(
              run
                  + ": was removed or replaced while the run was writing into it. Start the run"
                  + " again.");
    }
    assertThat(run).doesNotExist();
  }

  @Test
  void noticesThatTheDirectoryIsSomebodyElses() throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      Files.delete(directory.resolve("run.lock"));
      Files.writeString(directory.resolve("run.lock"), "2 other");
      assertThat(lock.isHeld()).isFalse();
    }
    assertThat(directory.resolve("run.lock")).hasContent("2 other");
  }
}
