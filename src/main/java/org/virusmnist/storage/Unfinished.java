package org.virusmnist.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process that was killed has left behind: the hidden siblings that {@link AtomicFile} and
 * {@link AtomicDirectory} had not yet given their names.
 */
public final class Unfinished {
  private Unfinished() {}

  /**
   * Whether a name is one that only unfinished files and directories have.
   *
   * @param name the last part of a path
   */
  public static boolean isUnfinished(String name) {
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  /**
   * Deletes what is unfinished in a directory; for the one process that may write into it.
   *
   * @param directory the directory; one that does not exist is fine
   * @throws IOException if something cannot be deleted
   */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    for (Path path : contents(directory)) {
      if (isUnfinished(String.valueOf(path.getFileName()))) {
        AtomicDirectory.delete(path);
      }
    }
  }

  private static List<Path> contents(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.toList();
    }
  }
}
