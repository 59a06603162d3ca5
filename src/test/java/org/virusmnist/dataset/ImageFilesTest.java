package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files are one data set, in memory and in a mapped file alike. */
class ImageFilesTest {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;
  private ImageSet all;
  private ImageFiles files;

  @BeforeEach
  void writeThreeFiles() throws IOException {
    String[] hashes = new String[5];
    hashes[0] = MD5;
    hashes[4] = MD5;
    all = ImageSet.of(TestImages.pixels(5), new int[] {2, 0, 1, 2, 2}, hashes, "memory");
    ImageCsvWriter.write(directory.resolve("b.csv.gz"), all.select(new int[] {2, 3}));
    ImageCsvWriter.write(directory.resolve("a.csv"), all.select(new int[] {0, 1}));
    ImageCsvWriter.write(directory.resolve("c.csv"), all.select(new int[] {4}));
    Files.writeString(directory.resolve("_SUCCESS"), "");
    Files.writeString(directory.resolve(".a.csv.crc"), "x");
    Files.writeString(directory.resolve("notes.txt"), "x");
    files = ImageFiles.find(List.of(directory));
  }

  private ImageFiles find(String path) throws IOException {
    return ImageFiles.find(List.of(directory.resolve(path)));
  }

  @Test
  void findsFilesDirectoriesAndPatterns() throws IOException {
    List<Path> sorted =
        List.of(
            directory.resolve("a.csv"), directory.resolve("b.csv.gz"), directory.resolve("c.csv"));
    assertThat(files.files()).isEqualTo(sorted);
    assertThat(files).hasToString(sorted.get(0) + " and 2 more");
    assertThat(find("*.csv").files()).containsExactly(sorted.get(0), sorted.get(2));
    assertThat(ImageFiles.find(List.of(sorted.get(2), sorted.get(0))).files())
        .containsExactly(sorted.get(2), sorted.get(0));
    assertThat(find("a.csv").onlyCsv()).isEqualTo(sorted.get(0));
    assertThat(find("x.parquet").onlyCsv()).isNull();
    assertThat(files.onlyCsv()).isNull();
  }

  @Test
  void saysThatNothingIsThere() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> find("empty"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            empty + ": has no .csv, .csv.gz or .parquet file, expected 1 or more. Check the path.");
    assertThatThrownBy(() -> find("x*.csv")).hasMessageContaining("x*.csv: has no .csv");
    assertThatThrownBy(() -> find("none/x*.csv")).hasMessageContaining("x*.csv: has no .csv");
  }

  @Test
  void joinsRowsInMemory() throws IOException {
    TestImages.requireEqual(files.read(3, Labels.REQUIRED), all);
  }

  @Test
  void joinsRowsInAMappedFile() throws IOException {
    Path target = directory.resolve("pixels");
    ImageSet mapped = files.readMapped(3, Labels.REQUIRED, target);

    assertThat(target).hasSize(5 * 1024);
    TestImages.requireEqual(mapped, all);
    int[] chosen = {4, 0, 4, 2};
    TestImages.requireEqual(mapped.select(chosen), all.select(chosen));
    TestImages.requireEqual(
        mapped.select(chosen).select(new int[] {1, 3}), all.select(new int[] {0, 2}));
    assertThat(mapped.rgb(chosen, 1, 2)).isEqualTo(all.rgb(chosen, 1, 2));
    assertThat(mapped.pixel(3, 17)).isEqualTo(all.pixel(3, 17));
  }

  @Test
  void leavesNoFileBehindWhereARowIsDamaged() throws IOException {
    Files.writeString(directory.resolve("c.csv"), "label,pixel1\n");
    Path target = directory.resolve("pixels");

    assertThatThrownBy(() -> files.readMapped(3, Labels.REQUIRED, target))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("c.csv:1: ");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesFilesThatDoNotGoTogether() throws IOException {
    ImageSet sha256 =
        ImageSet.of(TestImages.pixels(1), new int[] {0}, new String[] {MD5 + MD5}, "");
    ImageCsvWriter.write(directory.resolve("c.csv"), sha256);
    assertThatThrownBy(() -> files.read(3, Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(
            directory.resolve("c.csv")
                + ": has hashes of 64 digits, expected 32 as in the files before. Leave one kind"
                + " out.");

    ImageCsvWriter.write(directory.resolve("c.csv"), TestImages.unlabelled(1));
    assertThatThrownBy(() -> files.read(3, Labels.OPTIONAL))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("c.csv:1: has no labels, expected the same as in the files before.");
  }

  @Test
  void namesTheBuildThatReadsParquet() {
    assertThatThrownBy(() -> find("x.parquet").read(3, Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("x.parquet: is Parquet, which this build does not read. Use")
        .hasMessageContaining("spark train");
  }

  @Test
  void guessesTheMemoryThatRowsTake() throws IOException {
    ImageSet many = all.select(IntStream.range(0, 200).map(i -> i % 5).toArray());
    ImageCsvWriter.write(directory.resolve("many.csv"), many);
    assertThat(find("many.csv").estimatedBytes()).isBetween(150 * 1024L, 300 * 1024L);
    assertThat(find("none.csv").estimatedBytes()).isZero();
  }
}
