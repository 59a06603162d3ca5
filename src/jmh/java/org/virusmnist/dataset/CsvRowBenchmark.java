package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One row of 1,026 columns from a file in the page cache, by either parser, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CsvRowBenchmark {
  private static final int ROWS = 2000;

  private final CsvSchema schema = CsvSchema.inMemory(10, Labels.REQUIRED);
  private Path file;

  /** Writes rows of random bytes. */
  @Setup
  public void write() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("label");
    for (int i = 1; i <= ImageSet.PIXELS; i++) {
      text.append(",pixel").append(i);
    }
    text.append(",hash\n");
    for (int row = 0; row < ROWS; row++) {
      text.append(row % 10);
      for (int i = 0; i < ImageSet.PIXELS; i++) {
        text.append(',').append(random.nextInt(256));
      }
      text.append(',').append("%032x".formatted(row)).append('\n');
    }
    file = Files.createTempFile("rows", ".csv");
    Files.writeString(file, text);
  }

  /** Deletes the file. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** The parser of plain rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ImageSet fast() throws IOException {
    try (RowSource rows = FastRows.open(file, schema)) {
      return read(rows);
    }
  }

  /** Commons CSV, which the other hands whatever is odd. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ImageSet strict() throws IOException {
    try (RowSource rows = StrictRows.open(file, schema)) {
      return read(rows);
    }
  }

  private ImageSet read(RowSource rows) throws IOException {
    ImageRows images = new ImageRows(ImageSet.PIXELS, true, true);
    if (rows.read(images, Integer.MAX_VALUE) != ROWS) {
      throw new IllegalStateException("%d rows, expected %d".formatted(images.size(), ROWS));
    }
    return images.toImageSet(file.toString());
  }
}
