package org.virusmnist.cli.input;

import java.nio.file.Path;

/** Where the data and models of this repository are; the launcher knows. */
public final class Home {
  private Home() {}

  /** Returns a path of the repository, relative when it is the working directory. */
  public static Path resolve(String path) {
    String home = System.getProperty("virusmnist.home", "");
    Path working = Path.of("").toAbsolutePath();
    Path resolved = working.resolve(home).resolve(path).normalize();
    return resolved.startsWith(working) ? working.relativize(resolved) : resolved;
  }
}
