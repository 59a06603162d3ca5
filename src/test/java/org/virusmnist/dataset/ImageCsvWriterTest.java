package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written reads back as the same rows. */
class ImageCsvWriterTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rows.csv", "rows.csv.gz"})
  void readsBackAsTheSameRows(String name) throws IOException {
    Path file = directory.resolve(name);
    String[] hashes = new String[3];
    hashes[0] = HASH;
    hashes[2] = HASH;
    ImageSet written = ImageSet.of(TestImages.pixels(3), new int[] {2, 0, 1}, hashes, "memory");
    ImageCsvWriter.write(file, written);
    ImageSet read = ImageCsv.read(file, 3);

    assertThat(read.labels()).containsExactly(2, 0, 1);
    assertThat(read.hash(0)).isEqualTo(HASH);
    assertThat(read.hash(1)).isNull();
    for (int row = 0; row < 3; row++) {
      assertThat(TestImages.grey(read, row)).isEqualTo(TestImages.grey(written, row));
    }
  }

  @Test
  void leavesOutColumnsThatAreNotThere() throws IOException {
    Path file = directory.resolve("rows.csv");
    ImageCsvWriter.write(file, TestImages.unlabelled(1));

    assertThat(Files.readString(file))
        .startsWith("pixel1,pixel2,")
        .contains(",pixel1024\n0,1,2,")
        .endsWith(",254,255\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.csv", "rows.csv.gz"})
  void leavesNothingBehindWithoutACommit(String name) throws IOException {
    Path file = directory.resolve("new").resolve(name);
    try (ImageCsvWriter writer = ImageCsvWriter.open(file, true, true)) {
      writer.add(new byte[1024], 3, HASH);
      assertThat(writer.rows()).isEqualTo(1);
    }
    assertThat(file.getParent()).doesNotExist();
  }
}
