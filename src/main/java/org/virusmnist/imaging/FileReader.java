package org.virusmnist.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.virusmnist.imaging.FileImage.Drawn;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.pe.ByteSource;
import org.virusmnist.pe.PeFormatException;
import org.virusmnist.pe.PeHeaders;

/**
 * Reads executables and draws them, in memory that does not grow with their size.
 *
 * <p>Nothing is ever run. A file that is no whole executable, or cannot be read, is an answer and
 * no failure. Safe for use by several threads.
 */
public final class FileReader {
  private static final int BUFFER_BYTES = 1 << 18;

  private final ImageRecipe recipe;
  private final FileHash hash;

  /**
   * Creates a reader.
   *
   * @param recipe how to draw
   * @param hash what to identify files by
   */
  public FileReader(ImageRecipe recipe, FileHash hash) {
    this.recipe = recipe;
    this.hash = hash;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its image and hash, or why there is none
   */
  public FileImage read(FoundFile file) {
    if (file.problem() != null) {
      return new Skipped(file, file.problem());
    }
    // Opening a pipe would wait for someone to write into it.
    if (!Files.isRegularFile(file.path())) {
      return new Skipped(
          file, Files.exists(file.path()) ? "is no regular file" : "is no longer there");
    }
    try (FileChannel channel = FileChannel.open(file.path())) {
      return read(file, channel);
    } catch (IOException e) {
      return new Skipped(file, reason(e));
    }
  }

  private FileImage read(FoundFile file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteSource bytes = ByteSource.of(channel);
    try {
      byte[] pixels = recipe.draw(bytes, PeHeaders.read(bytes));
      String digest = digest(channel, size);
      return digest.isEmpty()
          ? new Skipped(file, "changed while it was read")
          : new Drawn(file, size, pixels, digest);
    } catch (PeFormatException e) {
      return new Skipped(file, String.valueOf(e.getMessage()));
    }
  }

  /** Returns the hash of the whole file, or nothing if that has not so many bytes. */
  private String digest(FileChannel channel, long size) throws IOException {
    MessageDigest digest = hash.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, size));
    channel.position(0);
    long read = 0;
    while (channel.read(buffer.clear()) > 0) {
      read += buffer.position();
      digest.update(buffer.flip());
    }
    return read == size ? HexFormat.of().formatHex(digest.digest()) : "";
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "cannot be read: permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "is no longer there";
    }
    String message = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return "cannot be read: " + (message == null ? e.getClass().getSimpleName() : message);
  }
}
