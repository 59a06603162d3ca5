package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to write into a directory: a file {@code run.lock} that it holds locked,
 * with its process number. The operating system lets go of the lock however the process ends.
 *
 * <p>The file is never opened a second time by the process that holds it: on Unix, closing any
 * channel of a file gives up every lock the process has on it.
 */
public final class DirectoryLock implements AutoCloseable {
  /** The file's name. */
  public static final String FILE = "run.lock";

  private final Path file;
  private final FileChannel channel;
  private final Object key;

  private DirectoryLock(Path file, FileChannel channel, Object key) {
    this.file = file;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Takes the right to write into a directory.
   *
   * @param directory a directory
   * @return the lock, to be closed by the caller
   * @throws IOException if another process holds it, or the file cannot be written
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    DirectoryLock lock = null;
    while (lock == null) {
      lock = tryAcquire(file);
    }
    return lock;
  }

  /** Returns null when the process before took the file away between opening and locking it. */
  private static @Nullable DirectoryLock tryAcquire(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      Object before = key(file);
      lock(file, channel);
      Object now = key(file);
      if (now == null || !now.equals(before)) {
        channel.close();
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
      return new DirectoryLock(file, channel, now);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    String owner;
    try {
      if (channel.tryLock() != null) {
        return;
      }
      owner = process(file);
    } catch (OverlappingFileLockException e) {
      owner = Long.toString(ProcessHandle.current().pid()); // held by this very process
    }
    throw new IOException(
        "%s: process %s is writing into it. Wait for its end, or name another directory."
            .formatted(file.toAbsolutePath().getParent(), owner));
  }

  /** Only for the file of another process: closing one's own lets go of the lock on Unix. */
  private static String process(Path file) {
    try {
      String text = Files.readString(file, UTF_8);
      return text.isBlank() ? "of unknown number" : text.strip();
    } catch (IOException e) {
      return "of unknown number";
    }
  }

  /** Identifies a file without opening it; null when there is none. */
  private static @Nullable Object key(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return key == null ? attributes.creationTime() : key;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the directory is still there and nobody else's. */
  public boolean isHeld() {
    return key.equals(key(file));
  }

  /**
   * Makes sure that what is written next goes where the run began.
   *
   * @throws IOException if the directory was removed or replaced meanwhile
   */
  public void requireHeld() throws IOException {
    if (!isHeld()) {
      throw new IOException(
          file.toAbsolutePath().getParent()
              + ": was removed or replaced while the run was writing into it. Start the run"
              + " again.");
    }
  }

  /** Lets the next process in; closing twice is harmless. */
  @Override
  public void close() throws IOException {
    try (channel) { // a file that cannot be removed must not keep the right to write
      if (channel.isOpen() && isHeld()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
