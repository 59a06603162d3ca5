package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes equal those of {@code sha256sum}; the first two are FIPS 180-4 test vectors. */
final class Sha256Test {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  @Test
  void hashesBytes() {
    assertThat(Sha256.of(new byte[0])).isEqualTo(EMPTY);
    assertThat(Sha256.of("abc".getBytes(UTF_8))).isEqualTo(ABC);
  }

  @Test
  void hashesAFileAsItsBytes() throws IOException {
    byte[] content = new byte[700_001];
    content[700_000] = 1;
    Path file = Files.write(directory.resolve("a"), content);
    assertThat(Sha256.of(file)).isEqualTo(Sha256.of(content));
    assertThat(Sha256.of(Files.writeString(file, "abc"))).isEqualTo(ABC);
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Sha256.of(directory.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void hashesADirectoryAsItsSortedListing() throws IOException {
    Files.writeString(directory.resolve("b"), "abc");
    Files.createDirectories(directory.resolve("a/empty"));
    Files.writeString(directory.resolve("a/z"), "");
    String listing = "a/z " + EMPTY + "\n" + "b " + ABC + "\n";
    assertThat(Sha256.ofDirectory(directory)).isEqualTo(Sha256.of(listing.getBytes(UTF_8)));
  }

  @Test
  void tellsARenamedFileFromTheOldOne() throws IOException {
    Path file = Files.writeString(directory.resolve("b"), "abc");
    String before = Sha256.ofDirectory(directory);
    Files.move(file, directory.resolve("c"));
    assertThat(Sha256.ofDirectory(directory)).isNotEqualTo(before);
  }

  @Test
  void hashesAnEmptyDirectoryAsNothing() throws IOException {
    assertThat(Sha256.ofDirectory(directory)).isEqualTo(EMPTY);
  }
}
