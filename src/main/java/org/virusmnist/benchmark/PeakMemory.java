package org.virusmnist.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The most memory that this process has held since it was last asked to forget.
 *
 * <p>Resident set size as Linux counts it, JVM and native memory together (proc(5), {@code VmHWM});
 * elsewhere it is unknown.
 */
public final class PeakMemory {
  private static final String PEAK = "VmHWM:";
  private static final String FORGET_PEAK = "5";

  private final Path process;

  /** Watches this process. */
  public PeakMemory() {
    this(Path.of("/proc/self"));
  }

  PeakMemory(Path process) {
    this.process = process;
  }

  /** Starts anew from what the process holds now, where the system allows it. */
  void reset() {
    try {
      Files.writeString(process.resolve("clear_refs"), FORGET_PEAK);
    } catch (IOException e) {
      // Then the peak is that of the whole process, which is true as well.
    }
  }

  /** Returns the peak in bytes, or null if it is unknown. */
  @Nullable Long bytes() {
    try (Stream<String> lines = Files.lines(process.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(null);
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
