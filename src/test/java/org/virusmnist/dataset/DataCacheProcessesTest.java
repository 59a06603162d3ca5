package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a cache, and take each other's entries away, read what the files say. */
final class DataCacheProcessesTest {
  private static final int ROUNDS = 40;

  /** Room for one entry of 300 rows, not for two. */
  private static final long BOUND = 500_000;

  @TempDir private Path directory;

  @Test
  void shareADirectoryThatHoldsOneEntryOnly() throws Exception {
    Path first = Files.write(directory.resolve("a.csv"), CsvText.of(300, 1024).bytes());
    Path second =
        Files.write(directory.resolve("b.csv"), CsvText.of(300, 1024).label(7, "9").bytes());
    Path cache = directory.resolve("cache");
    List<Process> readers = new ArrayList<>();
    for (List<Path> files : List.of(List.of(first, second), List.of(second, first))) {
      readers.add(start(cache, files));
    }

    for (Process reader : readers) {
      String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reader.waitFor()).as(output).isZero();
    }
    assertThat(entries(cache)).hasSizeLessThanOrEqualTo(1); // none if each deleted the other's last
    Reader.main(new String[] {cache.toString(), first.toString()});
    assertThat(entries(cache)).hasSize(1);
  }

  private static List<Path> entries(Path cache) throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.toList();
    }
  }

  private static Process start(Path cache, List<Path> files) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Reader.class.getName(),
            cache.toString(),
            files.get(0).toString(),
            files.get(1).toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Reads files by turns through a cache and compares them with what they hold. */
  static final class Reader {
    private Reader() {}

    /** Reads {@code arguments[1]} and all after it; {@code arguments[0]} is the cache. */
    public static void main(String[] arguments) throws IOException {
      DataCache cache = new DataCache(Path.of(arguments[0]), BOUND);
      for (int i = 0; i < ROUNDS; i++) {
        Path file = Path.of(arguments[1 + i % (arguments.length - 1)]);
        ImageSet expected = ImageCsv.read(file, 10, Labels.REQUIRED);
        TestImages.requireEqual(cache.read(file, 10, Labels.REQUIRED).images(), expected);
      }
    }
  }
}
