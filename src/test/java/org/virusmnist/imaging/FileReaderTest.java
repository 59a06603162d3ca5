package org.virusmnist.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.imaging.FileImage.Drawn;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.storage.Sha256;

/** Whatever lies in a folder is read or skipped with a reason, and never stops the others. */
class FileReaderTest {
  private final FileReader reader = new FileReader(ImageRecipe.HEADER, FileHash.MD5);

  @TempDir private Path directory;

  @Test
  void drawsAnExecutableAndHashesAllOfIt() throws IOException {
    Path file = Files.write(directory.resolve("a.exe"), PeBytes.minimal());
    Drawn md5 = (Drawn) reader.read(found(file));
    Drawn sha256 = (Drawn) new FileReader(ImageRecipe.HEADER, FileHash.SHA256).read(found(file));

    assertThat(md5.pixels()).hasSize(1024).startsWith('M', 'Z');
    assertThat(md5.size()).isEqualTo(2048);
    assertThat(md5.hash()).isEqualTo("0be70ef79a479dcddc800a6bf50e9d37");
    assertThat(sha256.hash()).isEqualTo(Sha256.of(file));
  }

  @Test
  void saysWhyAFileIsSkipped() throws IOException {
    Path text = Files.writeString(directory.resolve("a.txt"), "hello");
    Path cut = Files.write(directory.resolve("b.exe"), new byte[] {'M', 'Z', 0});

    assertThat(reason(text)).isEqualTo("does not start with MZ");
    assertThat(reason(cut)).isEqualTo("is cut off within its DOS header");
    assertThat(reason(directory.resolve("gone"))).isEqualTo("is no longer there");
    assertThat(reason(directory)).isEqualTo("is no regular file");
    assertThat(reader.read(new FoundFile(text, null, "is odd")))
        .isEqualTo(new Skipped(new FoundFile(text, null, "is odd"), "is odd"));
  }

  @Test
  void readsOnlyTheStartOfAHugeFileThatIsNoExecutable() throws IOException {
    Path huge = directory.resolve("huge.bin");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 40); // sparse: a tebibyte that takes no space
    }

    assertThat(reason(huge)).isEqualTo("does not start with MZ");
  }

  private String reason(Path file) {
    return ((Skipped) reader.read(found(file))).reason();
  }

  private static FoundFile found(Path file) {
    return new FoundFile(file, null, null);
  }
}
