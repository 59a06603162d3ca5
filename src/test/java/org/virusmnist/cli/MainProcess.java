package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The application in a process of its own, for tests that end it or need its environment. */
final class MainProcess {
  private MainProcess() {}

  /** Starts a command, whose output goes into the files {@code out} and {@code err}. */
  static Process start(Path directory, Object... arguments) throws IOException {
    return start(directory, Map.of(), arguments);
  }

  /** Starts a command with more in its environment. */
  static Process start(Path directory, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
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
}
