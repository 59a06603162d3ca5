package org.virusmnist.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Directories that appear whole or not at all. */
public final class AtomicDirectory {
  private AtomicDirectory() {}

  /** Fills a directory. */
  @FunctionalInterface
  public interface DirectoryWriter {
    /**
     * Writes files into an empty directory.
     *
     * @param directory an existing, empty directory
     * @throws IOException if a file cannot be written
     */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Fills a directory beside the target, forces it to disk and renames it into place.
   *
   * @param target the directory to make; missing parents are made too
   * @param writer fills it
   * @throws FileAlreadyExistsException if the target exists
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path target, DirectoryWriter writer) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path parent = target.toAbsolutePath().resolveSibling("");
    Files.createDirectories(parent);
    // Not Files.createTempDirectory: its permissions would shut out everybody but the owner.
    Path temporary =
        Files.createDirectory(
            parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp"));
    try {
      writer.writeTo(temporary);
      forceAll(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw DiskFailure.writing(target, e);
    } catch (RuntimeException e) {
      deleteAfter(e, temporary);
      throw e;
    }
    force(parent, StandardOpenOption.READ);
  }

  /**
   * Deletes a directory and everything in it; one that does not exist is fine.
   *
   * @param directory the directory
   * @throws IOException if a file cannot be deleted
   */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    for (Path path : contents(directory, Comparator.reverseOrder())) {
      Files.delete(path);
    }
  }

  /** What went wrong first is what is told, not that cleaning up went wrong too. */
  private static void deleteAfter(Exception failure, Path directory) {
    try {
      delete(directory);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void forceAll(Path directory) throws IOException {
    for (Path path : contents(directory, Comparator.reverseOrder())) {
      boolean isFile = Files.isRegularFile(path);
      force(path, isFile ? StandardOpenOption.WRITE : StandardOpenOption.READ);
    }
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      if (mode == StandardOpenOption.WRITE) {
        throw e;
      }
      // A directory cannot be opened on Windows; its files are on the disk all the same.
    } catch (IOException e) {
      throw DiskFailure.writing(path, e);
    }
  }

  private static List<Path> contents(Path directory, Comparator<Path> order) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(order).toList();
    }
  }
}
