package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target is whole or as it was, and a failed write leaves nothing in the directory. */
final class AtomicFileTest {
  @TempDir private Path directory;

  @Test
  void writesTheContent() throws IOException {
    Path target = directory.resolve("history.csv");
    AtomicFile.write(target, out -> out.write(bytes("epoch\n0\n")));
    assertThat(target).hasContent("epoch\n0\n");
    assertThat(names(directory)).containsExactly("history.csv");
  }

  @Test
  void replacesOldContent() throws IOException {
    Path target = Files.writeString(directory.resolve("a"), "old and longer");
    AtomicFile.write(target, out -> out.write(bytes("new")));
    assertThat(target).hasContent("new");
  }

  @Test
  void makesMissingParentDirectories() throws IOException {
    Path target = directory.resolve("runs/1/model/a");
    AtomicFile.write(target, out -> out.write('x'));
    assertThat(target).hasContent("x");
  }

  @Test
  void givesTheFileOrdinaryPermissions() throws IOException {
    Path ordinary = Files.writeString(directory.resolve("ordinary"), "");
    Path target = directory.resolve("atomic");
    AtomicFile.write(target, out -> out.write('x'));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(ordinary)));
  }

  @Test
  void keepsOldContentWhenTheWriterFails() throws IOException {
    Path target = Files.writeString(directory.resolve("a"), "old");
    assertThatThrownBy(() -> AtomicFile.write(target, AtomicFileTest::failHalfWay))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(target).hasContent("old");
    assertThat(names(directory)).containsExactly("a");
  }

  @Test
  void removesTheDirectoriesItMadeWhenTheWriterFails() throws IOException {
    Path target = directory.resolve("runs/1/a");
    assertThatThrownBy(() -> AtomicFile.write(target, AtomicFileTest::failHalfWay))
        .hasMessage("disk full");
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void keepsDirectoriesItMadeThatSomeoneElseUses() throws IOException {
    Path target = directory.resolve("runs/1/a");
    AtomicFile.OutputWriter intruder =
        out -> {
          Files.writeString(directory.resolve("runs/other"), "");
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> AtomicFile.write(target, intruder)).hasMessage("disk full");
    assertThat(names(directory.resolve("runs"))).containsExactly("other");
  }

  @Test
  void removesTheTemporaryFileWhenTheWriterThrowsAnUncheckedException() throws IOException {
    AtomicFile.OutputWriter writer =
        out -> {
          throw new UncheckedIOException(new IOException("boom"));
        };
    assertThatThrownBy(() -> AtomicFile.write(directory.resolve("a"), writer))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void acceptsWritersThatCloseTheStream() throws IOException {
    Path target = directory.resolve("a");
    AtomicFile.write(
        target,
        out -> {
          try (Writer writer = new OutputStreamWriter(out, UTF_8)) {
            writer.write("closed");
          }
        });
    assertThat(target).hasContent("closed");
  }

  @Test
  void hidesTheContentUntilItIsCommitted() throws IOException {
    Path target = directory.resolve("predictions.csv");
    try (AtomicFile file = AtomicFile.open(target)) {
      file.stream().write(bytes("row,"));
      assertThat(target).doesNotExist();
      assertThat(names(directory))
          .singleElement()
          .asString()
          .matches("\\.predictions\\.csv\\.[0-9a-f]{16}\\.tmp");
      file.stream().write(bytes("hash"));
      file.commit();
    }
    assertThat(target).hasContent("row,hash");
    assertThat(names(directory)).containsExactly("predictions.csv");
  }

  @Test
  void discardsWhatWasNotCommitted() throws IOException {
    try (AtomicFile file = AtomicFile.open(directory.resolve("a"))) {
      file.stream().write('x');
    }
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void closesTwiceWithoutHarm() throws IOException {
    AtomicFile file = AtomicFile.open(directory.resolve("a"));
    file.close();
    file.close();
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void refusesToCommitTwice() throws IOException {
    Path target = directory.resolve("a");
    try (AtomicFile file = AtomicFile.open(target)) {
      file.commit();
      assertThatThrownBy(file::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(target + ": already committed or closed");
    }
  }

  @Test
  void followsASymbolicLinkAndKeepsIt() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertThat(real).hasContent("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void refusesToReplaceADirectory() throws IOException {
    Path target = Files.createDirectory(directory.resolve("runs"));
    assertThatThrownBy(() -> AtomicFile.open(target))
        .isInstanceOf(IOException.class)
        .hasMessage(
            target + ": is not a regular file, so it is not replaced. Choose another name.");
  }

  @Test
  void refusesToReplaceADevice() {
    assertThatThrownBy(() -> AtomicFile.open(Path.of("/dev/null")))
        .hasMessage(
            "/dev/null: is not a regular file, so it is not replaced. Choose another name.");
    assertThat(Path.of("/dev/null")).exists();
  }

  @Test
  void namesTheTargetWhenItsDirectoryIsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path target = file.resolve("below/a");
    assertThatThrownBy(() -> AtomicFile.open(target))
        .isInstanceOf(IOException.class)
        .hasMessage(target + ": cannot be written (Not a directory). Check the directory.");
    assertThat(names(directory)).containsExactly("file");
  }

  @Test
  void writesMoreThanItsBuffer() throws IOException {
    byte[] large = new byte[1_000_003];
    large[1_000_002] = 7;
    Path target = directory.resolve("large");
    AtomicFile.write(target, out -> out.write(large));
    assertThat(target).hasBinaryContent(large);
  }

  private static void failHalfWay(OutputStream out) throws IOException {
    out.write(bytes("half"));
    out.flush();
    throw new IOException("disk full");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
