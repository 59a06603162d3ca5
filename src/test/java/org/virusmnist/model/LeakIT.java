package org.virusmnist.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.model.SessionSettings.Device;

/**
 * Calls give back what they take: {@code scripts/reliability/leaks.py} looks at 200,000 of them.
 *
 * <p>A tensor that is not closed stays until a garbage collection finds it, so these are counted
 * over fewer calls than fill the young generation.
 */
@Tag("native")
final class LeakIT {
  private static final int CALLS = 300;
  private static final long KILOBYTES_ALLOWED = 16 << 10;

  @TempDir private Path directory;

  @Test
  void everyTensorOfACallIsClosed() throws IOException {
    SavedModelFile file = SavedModelFile.read(TamperedModel.TINY);
    try (LeakSoak soak = new LeakSoak(ClassifierModel.open(file, SessionSettings.on(Device.CPU)))) {
      soak.step(0);
      soak.predict(0);
      long before = Pointer.totalCount();
      for (int i = 1; i <= CALLS; i++) {
        soak.step(i);
        soak.predict(i);
      }
      assertThat(Pointer.totalCount() - before).isLessThan(CALLS / 10);
    }
  }

  @Test
  void residentMemoryStaysWhereItIs() throws IOException, InterruptedException {
    List<String> lines = soak(TamperedModel.TINY, 2000, 2000, 500);

    // The first 500 calls of each kind are those that warm up.
    assertThat(lines).hasSize(2 + 4 + 4);
    assertThat(kilobytes(lines.get(4)) - kilobytes(lines.get(2))).isLessThan(KILOBYTES_ALLOWED);
    assertThat(kilobytes(lines.get(9)) - kilobytes(lines.get(7))).isLessThan(KILOBYTES_ALLOWED);
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.split(" ", -1)[1]);
  }

  /** Runs in a process whose size depends neither on its cores nor on the compiler's mood. */
  private List<String> soak(Path model, int steps, int batches, int every)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LeakSoak.class.getName(),
                model.toString(),
                Integer.toString(steps),
                Integer.toString(batches),
                Integer.toString(every),
                "1")
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("err"), UTF_8)).isZero();
    return Files.readAllLines(out, UTF_8);
  }
}
