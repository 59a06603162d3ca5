package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files have the same fingerprint if and only if they have the same bytes. */
final class FingerprintTest {
  private static final int BLOCK = 1 << 18;

  @TempDir private Path directory;

  @Test
  void isTheHashOfTheBlocksChecksAndTheLength() throws IOException {
    byte[] first = new byte[BLOCK];
    first[5] = 1;
    byte[] second = {1, 2, 3};
    byte[] content = Arrays.copyOf(first, BLOCK + 3);
    System.arraycopy(second, 0, content, BLOCK, 3);
    ByteBuffer checks = ByteBuffer.allocate(24);
    for (byte[] block : new byte[][] {first, second}) {
      CRC32 crc32 = new CRC32();
      crc32.update(block);
      CRC32C crc32c = new CRC32C();
      crc32c.update(block);
      checks.putInt((int) crc32.getValue()).putInt((int) crc32c.getValue());
    }
    checks.putLong(BLOCK + 3L);
    assertThat(of(content)).isEqualTo(Sha256.of(checks.array()));
  }

  @Test
  void doesNotDependOnNameOrTime() throws IOException {
    Path a = Files.write(directory.resolve("a"), new byte[] {1});
    Path b = Files.write(directory.resolve("b"), new byte[] {1});
    Files.setLastModifiedTime(b, FileTime.fromMillis(0));
    assertThat(Fingerprint.of(a)).isEqualTo(Fingerprint.of(b));
  }

  @Test
  void seesEveryFlippedBit() throws IOException {
    byte[] content = new byte[200];
    Set<String> seen = new HashSet<>(Set.of(of(content)));
    for (int bit = 0; bit < 8 * content.length; bit++) {
      content[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(seen.add(of(content))).as("bit %d", bit).isTrue();
      content[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @Test
  void seesZerosAtTheEndAndSwappedBlocks() throws IOException {
    byte[] swapped = new byte[2 * BLOCK];
    swapped[0] = 1;
    Set<String> seen = new HashSet<>();
    assertThat(seen.add(of(swapped))).isTrue();
    swapped[0] = 0;
    swapped[BLOCK] = 1;
    assertThat(seen.add(of(swapped))).isTrue();
    for (int length : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1}) {
      assertThat(seen.add(of(new byte[length]))).as("%d zeros", length).isTrue();
    }
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Fingerprint.of(directory.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private String of(byte[] content) throws IOException {
    Path file = directory.resolve("content");
    Files.deleteIfExists(file);
    return Fingerprint.of(Files.write(file, content));
  }
}
