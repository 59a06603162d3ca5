package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every odd file means the same to {@link ImageCsv#read} and {@link ImageCsv#open}: both accept it
 * with the same pixels or refuse it with the same message, and leave nothing in its directory.
 */
final class ImageCsvCasesTest {
  private static final int CLASSES = 10;

  @TempDir private Path directory;

  static List<CsvCase> accepted() {
    return AcceptedCsv.cases();
  }

  static Stream<CsvCase> refused() {
    return Stream.of(RefusedCells.cases(), RefusedCsv.cases(), RefusedGzip.cases())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsWhatHasOneMeaning(CsvCase odd) throws IOException {
    Path file = write(odd);
    ImageSet images = ImageCsv.read(file, CLASSES, odd.labels());
    requireTemplate(images);
    try (ImageCsvStream stream = ImageCsv.open(file, CLASSES, 2, odd.labels())) {
      TestImages.requireEqual(
          Objects.requireNonNull(stream.next()), images.select(new int[] {0, 1}));
      TestImages.requireEqual(Objects.requireNonNull(stream.next()), images.select(new int[] {2}));
      assertThat(stream.next()).isNull();
      assertThat(stream.next()).isNull();
    }
    assertThat(directory.toFile().list()).containsExactly(odd.fileName());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesEverythingElseWithItsPlace(CsvCase odd) throws IOException {
    Path file = write(odd);
    String message = directory + "/" + odd.message();
    assertThatThrownBy(() -> ImageCsv.read(file, CLASSES, odd.labels()))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> drain(file, odd.labels()))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(message);
    assertThat(message).doesNotContain("\n").hasSizeLessThan(directory.toString().length() + 250);
    assertThat(directory.toFile().list()).containsExactly(odd.fileName());
  }

  @Test
  void hasAtLeastSixtyNamedCasesOfDifferentNames() {
    List<String> names =
        Stream.concat(accepted().stream(), refused()).map(CsvCase::toString).toList();
    assertThat(names).hasSizeGreaterThan(60).doesNotHaveDuplicates();
  }

  private Path write(CsvCase odd) throws IOException {
    return Files.write(directory.resolve(odd.fileName()), odd.content());
  }

  private static void drain(Path file, Labels labels) throws IOException {
    try (ImageCsvStream stream = ImageCsv.open(file, CLASSES, 2, labels)) {
      @Nullable ImageSet chunk;
      do {
        chunk = stream.next();
      } while (chunk != null);
    }
  }

  private static void requireTemplate(ImageSet images) {
    assertThat(images.size()).isEqualTo(3);
    byte[] pixels = TestImages.pixels(3);
    byte[] found = new byte[pixels.length];
    for (int row = 0; row < 3; row++) {
      images.copyGreyTo(row, found, row * ImageSet.PIXELS);
    }
    assertThat(found).isEqualTo(pixels);
    if (images.hasLabels()) {
      assertThat(images.labels()).containsExactly(0, 5, 9);
    }
  }
}
