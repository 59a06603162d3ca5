package org.virusmnist.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be seen of a machine without loading native code. */
public interface Machine {

  /** Returns the operating system and architecture as Java has them, {@code Linux amd64}. */
  String platform();

  /** Returns the environment; a variable that is not set is absent. */
  Map<String, String> environment();

  /** Returns a file's bytes as ISO 8859-1, or null if there is no such file or it is unreadable. */
  @Nullable String read(Path file);

  /** Returns where a file is after all links are followed, or null if there is no such file. */
  @Nullable Path resolve(Path file);

  /** Returns the names in a directory, none if there is no such directory. */
  List<String> list(Path directory);

  /**
   * Runs a program and waits for its end.
   *
   * @return what it printed, or null if there is no such program or it does not end in time
   */
  @Nullable CommandOutput run(Duration timeout, String... command);

  /**
   * What a program printed.
   *
   * @param exitCode 0 for success
   * @param text standard output and error
   */
  record CommandOutput(int exitCode, String text) {}
}
