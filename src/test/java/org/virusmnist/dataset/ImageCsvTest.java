package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not about the content of a file: missing files, bounds, chunks, pipes. */
final class ImageCsvTest {
  private static final int CLASSES = 10;

  @TempDir private Path directory;

  @Test
  void saysThatAFileIsMissing() {
    Path file = directory.resolve("missing.csv");
    String message = file + ": no such file. Check the path.";
    assertThatThrownBy(() -> ImageCsv.read(file, CLASSES))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> ImageCsv.open(file, CLASSES, 2)).hasMessage(message);
  }

  @Test
  void saysThatAFileIsADirectory() {
    assertThatThrownBy(() -> ImageCsv.read(directory, CLASSES))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(directory + ": is a directory, expected a CSV file. Name a file in it.");
  }

  @Test
  void saysThatAFileMayNotBeRead() {
    Path file = Path.of("a.csv");
    assertThat(CsvBytes.named(file, new AccessDeniedException("a.csv")))
        .hasMessage("a.csv: permission denied. Check who may read it.");
  }

  @Test
  void saysWhyAFileCannotBeRead() {
    assertThatThrownBy(() -> ImageCsv.read(Path.of("/proc/self/mem"), CLASSES))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("/proc/self/mem: cannot be read (Input/output error).");
  }

  @Test
  void saysHowFarAFileIsRead() throws IOException {
    Path plain = write(CsvText.valid());
    Path packed = directory.resolve("a.csv.gz");
    Files.write(packed, CsvText.valid().gzip());
    Path odd = directory.resolve("quoted.csv");
    Files.writeString(odd, Files.readString(plain).replaceFirst("pixel1,", "\"pixel1\","));
    for (Path file : List.of(plain, packed, odd)) {
      try (ImageCsvStream stream = ImageCsv.open(file, CLASSES, 2)) {
        while (stream.next() != null) {
          assertThat(stream.fileBytes()).isPositive().isLessThanOrEqualTo(Files.size(file));
        }
        assertThat(stream.fileBytes()).isEqualTo(Files.size(file));
      }
    }
  }

  @Test
  void readsLabelledFilesUnlessToldOtherwise() throws IOException {
    Path labelled = write(CsvText.valid());
    assertThat(ImageCsv.read(labelled, CLASSES).labels()).containsExactly(0, 5, 9);
    try (ImageCsvStream stream = ImageCsv.open(labelled, CLASSES, 10)) {
      assertThat(stream.hasLabels()).isTrue();
      assertThat(Objects.requireNonNull(stream.next()).size()).isEqualTo(3);
    }
    Path unlabelled = write(CsvText.valid().removeColumn(0));
    assertThatThrownBy(() -> ImageCsv.read(unlabelled, CLASSES))
        .isInstanceOf(DatasetFormatException.class);
    assertThatThrownBy(() -> ImageCsv.open(unlabelled, CLASSES, 10))
        .isInstanceOf(DatasetFormatException.class);
    try (ImageCsvStream stream = ImageCsv.open(unlabelled, CLASSES, 10, Labels.OPTIONAL)) {
      assertThat(stream.hasLabels()).isFalse();
    }
  }

  @Test
  void namesTheFileAsTheCallerDid() throws IOException {
    Path file = write(CsvText.valid());
    assertThat(ImageCsv.read(file, CLASSES).source()).isEqualTo(file.toString());
  }

  @Test
  void tellsThePlaceOfAFault() throws IOException {
    Path file = write(CsvText.valid().cell(2, 17, "x9"));
    assertThatThrownBy(() -> ImageCsv.read(file, CLASSES))
        .isInstanceOfSatisfying(
            DatasetFormatException.class,
            e -> {
              assertThat(e.file()).isEqualTo(file.toString());
              assertThat(e.line()).isEqualTo(3);
              assertThat(e.column()).isEqualTo(18);
            });
  }

  @Test
  void readsRowsBehindAnOddOneToo() throws IOException {
    Path file = write(CsvText.of(700, ImageSet.PIXELS).cell(600, 3, "\"7\"").lineEnd(5, "\r"));
    ImageSet images = ImageCsv.read(file, CLASSES);
    assertThat(images.size()).isEqualTo(700);
    assertThat(images.pixel(599, 2)).isEqualTo(7);
    assertThat(images.pixel(699, 2)).isEqualTo((7 * 699 + 2) % 256);
  }

  @Test
  void deliversChunksBeforeAFaultInALaterOne() throws IOException {
    Path file = write(CsvText.of(5, ImageSet.PIXELS).cell(4, 3, "x"));
    try (ImageCsvStream stream = ImageCsv.open(file, CLASSES, 2)) {
      assertThat(Objects.requireNonNull(stream.next()).labels()).containsExactly(0, 5);
      assertThatThrownBy(stream::next)
          .hasMessage(file + ":5: pixel3 is 'x', expected an integer from 0 to 255");
    }
  }

  @Test
  void refusesMoreRowsThanFitInMemory() throws IOException {
    Path file = write(CsvText.valid());
    CsvSchema schema = new CsvSchema(ImageSet.PIXELS, CLASSES, Labels.REQUIRED, 2);
    try (RowSource rows = FastRows.open(file, schema)) {
      ImageRows images = new ImageRows(ImageSet.PIXELS, true, true);
      assertThatThrownBy(() -> rows.read(images, 100))
          .hasMessage(
              file + ":4: is row 3 of the file, expected at most 2 in memory. Split the file.");
    }
  }

  @Test
  void refusesArgumentsOutOfRange() throws IOException {
    Path file = write(CsvText.valid());
    assertThatThrownBy(() -> ImageCsv.open(file, CLASSES, 0))
        .hasMessage("rowsPerChunk (0) must be positive");
    assertThatThrownBy(() -> ImageCsv.read(file, 0)).hasMessage("classCount (0) must be positive");
  }

  @Test
  void closesTheFileItOpened() throws IOException {
    Path file = write(CsvText.valid().cell(2, 3, "\"7\""));
    long before = openFiles();
    for (int i = 0; i < 20; i++) {
      ImageCsv.read(file, CLASSES);
      try (ImageCsvStream stream = ImageCsv.open(file, CLASSES, 1)) {
        stream.next();
      }
      assertThatThrownBy(() -> ImageCsv.read(file, 1)).isInstanceOf(DatasetFormatException.class);
    }
    assertThat(openFiles()).isLessThan(before + 10);
  }

  @Test
  void readsAPipeOnce() throws Exception {
    Path pipe = directory.resolve("a.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    byte[] content = CsvText.valid().cell(2, 3, "\"7\"").bytes();
    Thread writer = new Thread(() -> feed(pipe, content));
    writer.start();
    assertThat(ImageCsv.read(pipe, CLASSES).size()).isEqualTo(3);
    writer.join();
  }

  private static void feed(Path pipe, byte[] content) {
    try {
      Files.write(pipe, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private Path write(CsvText text) throws IOException {
    return Files.write(directory.resolve("a.csv"), text.bytes());
  }
}
