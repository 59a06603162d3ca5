package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The application in a process of its own, for tests that end it or need its environment. */
final class MainProcess {
  /** The bit of SIGINT, signal 2, in a mask of signals. */
  private static final long SIGINT = 1 << 1;

  /** More than a busy machine takes until a loop sees a signal. */
  private static final long PATIENCE_SECONDS = 300;

  private MainProcess() {}

  /** Starts a command, whose output goes into the files {@code out} and {@code err}. */
  static Process start(Path directory, Object... arguments) throws IOException {
    return start(directory, Map.of(), arguments);
  }

  /** Starts a command with more in its environment. */
  static Process start(Path directory, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(signalsAsByDefault());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Dvirusmnist.patience=" + PATIENCE_SECONDS,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Returns what goes before a command, so that it hears of SIGINT even where a shell without job
   * control has started the tests in the background: a child ignores what its parent ignores.
   */
  private static List<String> signalsAsByDefault() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return List.of();
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")
          && (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) != 0) {
        return List.of("env", "--default-signal=INT");
      }
    }
    return List.of();
  }
}
