package org.virusmnist.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that tries to take the right to write into a directory. */
final class LockProbe {
  private LockProbe() {}

  /**
   * Tries once.
   *
   * @param arguments the directory
   * @throws IOException if another process is there
   */
  public static void main(String[] arguments) throws IOException {
    DirectoryLock.acquire(Path.of(arguments[0])).close();
  }

  /** Returns whether another process is let in. */
  static boolean isLetIn(Path directory) throws IOException, InterruptedException {
    return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockProbe.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
