package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scanner and Commons CSV agree on every file: the same rows in the same chunks, byte for byte,
 * and the same refusal word for word.
 *
 * <p>20,000 files here; {@code scripts/reliability/csv-mutations} runs a million. A failure names
 * its seed.
 */
final class CsvMutationTest {
  private static final int FILES = Integer.getInteger("virusmnist.mutations", 20_000);
  private static final int[] LIMITS = {1, 2, Integer.MAX_VALUE};

  /** Of the processor's time, which other processes do not prolong. */
  private static final long MAX_MILLIS = 5_000;

  @TempDir private Path directory;

  private long slowestMillis;
  private int scannedToTheEnd;
  private int refused;
  private int takenOver;

  @Test
  void scannerAndCommonsCsvAgreeOnMutatedFiles() throws IOException {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    for (int seed = 0; seed < FILES; seed++) {
      long start = thread.getCurrentThreadCpuTime();
      compare(seed);
      long nanos = thread.getCurrentThreadCpuTime() - start;
      slowestMillis = Math.max(slowestMillis, nanos / 1_000_000);
    }
    // Each file is read twice. Otherwise one of the paths was hardly compared.
    assertThat(scannedToTheEnd).isGreaterThan(FILES / 10);
    assertThat(takenOver).isGreaterThan(FILES / 100);
    assertThat(refused).isGreaterThan(FILES / 10);
    assertThat(slowestMillis).as("a file that hangs a reader").isLessThan(MAX_MILLIS);
    write(
        "%d files, each read twice: %d scanned to the end, %d handed over to Commons CSV, %d refused;"
                .formatted(FILES, scannedToTheEnd, takenOver, refused)
            + " 0 differences, slowest %d ms".formatted(slowestMillis));
  }

  private static void write(String summary) throws IOException {
    String file = System.getProperty("virusmnist.mutations.output");
    if (file != null) {
      Files.writeString(Path.of(file), summary + System.lineSeparator());
    }
  }

  private void compare(int seed) throws IOException {
    CsvMutator mutator = new CsvMutator(seed);
    boolean gzip = seed % 32 == 0;
    Path file = directory.resolve(gzip ? "a.csv.gz" : "a.csv");
    Files.deleteIfExists(file); // truncating a file that has content makes ext4 wait for the disk
    Files.write(file, gzip ? mutator.gzip() : mutator.file());
    CsvSchema schema = schema(seed);
    int limit = LIMITS[seed % LIMITS.length];
    int bufferBytes = 64 + (seed % 7) * 150;
    List<Object> scanned = read(() -> FastRows.open(file, schema, bufferBytes), limit);
    List<Object> strict = read(() -> StrictRows.open(file, schema), limit);
    assertThat(scanned).as("seed %d: %s", seed, Files.readAllBytes(file)).isEqualTo(strict);
  }

  private static CsvSchema schema(int seed) {
    Labels labels = seed % 2 == 0 ? Labels.OPTIONAL : Labels.REQUIRED;
    return new CsvSchema(CsvMutator.PIXELS, 10, labels, seed % 5 == 0 ? 2 : 100);
  }

  /** Reads to the end or the first fault and lists everything seen. */
  private List<Object> read(Opener opener, int limit) {
    List<Object> seen = new ArrayList<>();
    try (RowSource rows = opener.open()) {
      ImageRows chunk = chunk(rows);
      while (rows.read(chunk, limit) > 0) {
        describe(chunk, seen);
        chunk = chunk(rows);
      }
      if (rows instanceof FastRows fast) {
        scannedToTheEnd += fast.isStrict() ? 0 : 1;
        takenOver += fast.isStrict() ? 1 : 0;
      }
    } catch (DatasetFormatException e) {
      seen.add(e.getMessage());
      seen.add(e.line());
      seen.add(e.column());
      refused++;
    } catch (IOException e) {
      throw new AssertionError("not a verdict on the content", e);
    }
    return seen;
  }

  private static ImageRows chunk(RowSource rows) {
    return new ImageRows(CsvMutator.PIXELS, rows.layout().hasLabels(), rows.layout().hasHashes());
  }

  private static void describe(ImageRows chunk, List<Object> seen) {
    ImageSet images = chunk.toImageSet("a.csv");
    seen.add(chunk.size());
    seen.add(images.hasLabels());
    seen.add(images.hasHashes());
    for (int row = 0; row < chunk.size(); row++) {
      byte[] block = chunk.pixels().block(row);
      for (int i = 0; i < CsvMutator.PIXELS; i++) {
        seen.add(block[chunk.pixels().offset(row) + i]);
      }
      seen.add(images.hasLabels() ? images.label(row) : -1);
      seen.add(String.valueOf(images.hash(row)));
    }
  }

  private interface Opener {
    RowSource open() throws IOException;
  }
}
