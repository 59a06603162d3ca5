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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to write into a directory: a file {@code run.lock} that it holds locked,
 * with its process number. The operating system lets go of the lock however the process ends.
 */
public final class DirectoryLock implements AutoCloseable {
  /** The file's name. */
  public static final String FILE = "run.lock";

  private final Path file;
  private final FileChannel channel;
  private final String owner;

  private DirectoryLock(Path file, FileChannel channel, String owner) {
    this.file = file;
    this.channel = channel;
    this.owner = owner;
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
    while (true) {
      DirectoryLock lock = tryAcquire(file);
      // Between opening and locking, the one before may have deleted the file that is now locked.
      if (lock.isHeld()) {
        return lock;
      }
      lock.channel.close();
    }
  }

  private static DirectoryLock tryAcquire(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      if (!isLocked(channel)) {
        throw new IOException(
            "%s: process %s is writing into it. Wait for its end, or name another directory."
                .formatted(file.toAbsolutePath().getParent(), process(read(file))));
      }
      String owner = ProcessHandle.current().pid() + " " + UUID.randomUUID() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner.getBytes(UTF_8)));
      return new DirectoryLock(file, channel, owner);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  private static String process(@Nullable String owner) {
    return owner == null || owner.isBlank() ? "of unknown number" : owner.split(" ", -1)[0];
  }

  private static @Nullable String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the directory is still there and nobody else's. */
  public boolean isHeld() {
    return owner.equals(read(file));
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
              + ": was removed or replaced while the run was writing into it. Start the run again.");
    }
  }

  /** Lets the next process in; closing twice is harmless. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen() && isHeld()) {
      Files.deleteIfExists(file);
    }
    channel.close();
  }
}
