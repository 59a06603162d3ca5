package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory appears whole or not at all, and nothing is left of one that failed. */
class AtomicDirectoryTest {
  @TempDir private Path parent;

  @Test
  void appearsWithEverythingInIt() throws IOException {
    Path target = parent.resolve("a/b");
    AtomicDirectory.write(
        target,
        directory -> {
          Files.createDirectories(directory.resolve("inner"));
          Files.writeString(directory.resolve("inner/file"), "text");
        });

    assertThat(target.resolve("inner/file")).hasContent("text");
    assertThat(parent.resolve("a").toFile().list()).containsExactly("b");
  }

  @Test
  void leavesNothingWhenWritingFails() {
    assertThatThrownBy(
            () ->
                AtomicDirectory.write(
                    parent.resolve("target"),
                    directory -> {
                      Files.writeString(directory.resolve("file"), "text");
                      throw new IOException("disk full");
                    }))
        .hasMessage(
            parent.resolve("target")
                + ": cannot be written (disk full). Make room on the disk, or write elsewhere.");
    assertThatThrownBy(
            () ->
                AtomicDirectory.write(
                    parent.resolve("target"),
                    directory -> {
                      throw new IllegalStateException("closed");
                    }))
        .hasMessage("closed");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryThatIsThere() throws IOException {
    Files.writeString(parent.resolve("file"), "mine");

    assertThatThrownBy(() -> AtomicDirectory.write(parent, directory -> {}))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(parent.toString());
    assertThat(parent.resolve("file")).hasContent("mine");
  }

  @Test
  void deletesADirectoryOrNothing() throws IOException {
    Path directory = Files.createDirectories(parent.resolve("a/b/c"));
    Files.writeString(directory.resolve("file"), "text");

    AtomicDirectory.delete(parent.resolve("a"));
    AtomicDirectory.delete(parent.resolve("a"));

    assertThat(parent).isEmptyDirectory();
  }
}
