package org.virusmnist.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory for files that one process needs while it runs; closing it deletes them.
 *
 * <p>What a killed process left behind is deleted by the next one that works at the same place.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final String PREFIX = "virus-mnist-work-";

  /** A directory is locked right after it is made; a younger one without lock is left alone. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private final Path path;
  private final DirectoryLock lock;

  private WorkDirectory(Path path, DirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a directory.
   *
   * @param parent where; made if it is missing
   * @return the directory, to be closed by the caller
   * @throws IOException if it cannot be made
   */
  public static WorkDirectory create(Path parent) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent, Instant.now().minus(ABANDONED));
    Path path = Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID()));
    return new WorkDirectory(path, DirectoryLock.acquire(path));
  }

  /** Returns where it is. */
  public Path path() {
    return path;
  }

  /**
   * Makes sure that something fits before much work goes into it.
   *
   * @param bytes its size
   * @param what its name in the message
   * @throws IOException if the disk has less room than that
   */
  public void requireSpace(long bytes, String what) throws IOException {
    long usable = Files.getFileStore(path).getUsableSpace();
    if (usable < bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: has room for %.1f GB, expected %.1f GB for %s. Name another --work-directory.",
              path.toAbsolutePath().getParent(),
              usable / 1e9,
              bytes / 1e9,
              what));
    }
  }

  static void deleteAbandoned(Path parent, Instant before) throws IOException {
    List<Path> others;
    try (Stream<Path> paths = Files.list(parent)) {
      others = paths.filter(WorkDirectory::isOne).toList();
    }
    for (Path other : others) {
      if (Files.getLastModifiedTime(other).toInstant().isBefore(before) && isNobodys(other)) {
        AtomicDirectory.delete(other);
      }
    }
  }

  private static boolean isNobodys(Path directory) {
    try {
      DirectoryLock.acquire(directory).close();
      return true;
    } catch (IOException e) {
      return false; // it belongs to a process that runs
    }
  }

  private static boolean isOne(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(PREFIX) && Files.isDirectory(path);
  }

  /** Deletes the directory and everything in it. */
  @Override
  public void close() throws IOException {
    lock.close();
    AtomicDirectory.delete(path);
  }
}
