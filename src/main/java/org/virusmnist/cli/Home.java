package org.virusmnist.cli;

import java.nio.file.Path;

/** Where the data and models of this repository are; the launcher knows. */
final class Home {
  private Home() {}

  /** Returns a path of the repository, relative when it is the working directory. */
  static Path resolve(String path) {
    String home = System.getProperty("virusmnist.home", "");
    Path working = Path.of("").toAbsolutePath();
    Path resolved = working.resolve(home).resolve(path).normalize();
    return resolved.startsWith(working) ? working.relativize(resolved) : resolved;
  }
}
