package org.virusmnist.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears under its name complete, or not at all.
 *
 * <p>Bytes go to a hidden sibling, {@code .NAME.XXXXXXXXXXXXXXXX.tmp}, in the same directory and so
 * in the same file system. {@link #commit} flushes them to the disk and renames the sibling over
 * the target in one step; {@link #close} without a commit deletes it, together with the parent
 * directories that were made for it. Readers of the target see the old content or the new one.
 *
 * <p>A target that is a symbolic link is followed. One that exists and is not a regular file (a
 * directory, a device, a pipe) is refused: renaming would replace it. Not safe for use by several
 * threads; two processes that write one target leave the content of the one that commits last.
 */
public final class AtomicFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path target;
  private final Path destination;
  private final Path temporary;
  private final List<Path> madeDirectories;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean committed;

  private AtomicFile(Path target, Path destination) throws IOException {
    this.target = target;
    this.destination = destination;
    this.temporary = temporarySibling(destination);
    this.madeDirectories = missingParents(destination);
    this.channel = create();
    this.stream =
        new KeepOpen(
            target, new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
  }

  /**
   * Writes a whole file, or leaves the target as it was.
   *
   * @param target the file to write; missing parent directories are made
   * @param writer produces the content; it need not flush or close the stream
   * @throws IOException if the writer fails or the file cannot be written; nothing is left behind
   */
  public static void write(Path target, OutputWriter writer) throws IOException {
    try (AtomicFile file = open(target)) {
      writer.writeTo(file.stream());
      file.commit();
    }
  }

  /**
   * Opens a file for writing piece by piece; the caller commits and closes it.
   *
   * @param target the file to write; missing parent directories are made
   * @return the open file; without {@link #commit} before {@link #close} it never appears
   * @throws IOException if the target cannot be written, with the target in the message
   */
  public static AtomicFile open(Path target) throws IOException {
    return new AtomicFile(target, destination(target));
  }

  /**
   * Returns the buffered stream to write to, owned by this file: closing it flushes, no more.
   *
   * @return the same stream at every call
   */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Makes what was written visible under the target's name, on the disk before it is in the name.
   *
   * @throws IOException if the disk or the rename fails; the target is then as it was
   * @throws IllegalStateException if this file was committed or closed before
   */
  public void commit() throws IOException {
    if (!channel.isOpen()) {
      throw new IllegalStateException(target + ": already committed or closed");
    }
    try {
      stream.flush();
      channel.force(true);
      channel.close();
    } catch (IOException e) {
      throw DiskFailure.writing(target, e);
    }
    Files.move(temporary, destination, ATOMIC_MOVE);
    committed = true;
    syncDirectory(destination);
  }

  /**
   * Ends the writing; what was not committed is deleted. Closing twice is harmless.
   *
   * @throws IOException if the temporary file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!committed) {
      Files.deleteIfExists(temporary);
      removeMadeDirectories();
    }
  }

  private static Path destination(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (!Files.exists(absolute)) {
      return absolute;
    }
    if (!Files.isRegularFile(absolute)) {
      throw new IOException(
          target + ": is not a regular file, so it is not replaced. Choose another name.");
    }
    return absolute.toRealPath();
  }

  /**
   * Tells from its name whether a file is one that is being written, or was when a process ended.
   *
   * @param file any path
   * @return whether this class gave it its name
   */
  public static boolean isTemporary(Path file) {
    return String.valueOf(file.getFileName()).matches("\\..*\\.[0-9a-f]{16}\\.tmp");
  }

  /** Not {@code Files.createTempFile}, which would give the target mode 0600. */
  private static Path temporarySibling(Path destination) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return destination.resolveSibling("." + destination.getFileName() + "." + random + ".tmp");
  }

  /** Directories to make, innermost first. */
  private static List<Path> missingParents(Path destination) {
    List<Path> missing = new ArrayList<>();
    Path parent = destination.getParent();
    while (parent != null && !Files.exists(parent)) {
      missing.add(parent);
      parent = parent.getParent();
    }
    return missing;
  }

  private FileChannel create() throws IOException {
    try {
      if (!madeDirectories.isEmpty()) {
        Files.createDirectories(madeDirectories.get(0));
      }
      return FileChannel.open(temporary, CREATE_NEW, WRITE);
    } catch (FileSystemException e) {
      removeMadeDirectories();
      throw new IOException(
          target + ": cannot be written (" + reason(e) + "). Check the directory.", e);
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private void removeMadeDirectories() throws IOException {
    try {
      for (Path directory : madeDirectories) {
        Files.deleteIfExists(directory);
      }
    } catch (FileSystemException e) {
      return; // someone else uses it by now, or it could not be made
    }
  }

  /** Makes the rename itself durable where a directory can be opened (not on Windows). */
  private static void syncDirectory(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      return;
    }
    try (FileChannel directory = FileChannel.open(parent, READ)) {
      directory.force(true);
    } catch (IOException e) {
      return; // the file itself is whole and visible; only its name may not survive a power cut
    }
  }

  /** Produces the content of a file. */
  @FunctionalInterface
  public interface OutputWriter {
    /**
     * Writes everything the file shall contain.
     *
     * @param out a buffered stream; need not be flushed or closed
     * @throws IOException to give up: the file is then not written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Lets writers close what they wrap around the stream, as text writers want to. */
  private static final class KeepOpen extends FilterOutputStream {
    private final Path target;

    KeepOpen(Path target, OutputStream out) {
      super(out);
      this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw DiskFailure.writing(target, e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw DiskFailure.writing(target, e);
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
