package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** SHA-256 (FIPS 180-4) of bytes, files and directories, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int BLOCK_BYTES = 1 << 22;
  private static final int HASH_BYTES = 32;

  private Sha256() {}

  /**
   * Returns the hash of some bytes.
   *
   * @param bytes the content
   * @return 64 hexadecimal digits
   */
  public static String of(byte[] bytes) {
    return hex(newDigest().digest(bytes));
  }

  /**
   * Returns the hash of a file's content.
   *
   * @param file a readable file
   * @return 64 hexadecimal digits
   * @throws IOException if the file cannot be read
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  /**
   * Returns a hash of a large file's content that is computed on all cores, as a key for caches.
   *
   * <p>It is the SHA-256 of the SHA-256 hashes of the file's blocks of 4 MiB, so it differs from
   * {@link #of(Path)} and is as hard to collide with. A file of other length or content has another
   * hash, whatever its times say.
   *
   * @param file a readable regular file
   * @return 64 hexadecimal digits
   * @throws IOException if the file cannot be read or becomes shorter meanwhile
   */
  public static String ofBlocks(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      int blocks = Math.toIntExact((size + BLOCK_BYTES - 1) / BLOCK_BYTES);
      byte[] hashes = new byte[blocks * HASH_BYTES];
      IntStream.range(0, blocks)
          .parallel()
          .forEach(block -> hashBlock(channel, (long) block * BLOCK_BYTES, size, hashes, block));
      return of(hashes);
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": cannot be read (" + e.getCause() + ")", e);
    }
  }

  /**
   * Returns the hash of everything below a directory: names and contents, not times or owners.
   *
   * <p>It is the hash of the UTF-8 text that has a line {@code relative/path sha256} for each
   * regular file, sorted by path. Empty directories do not count; directories behind symbolic links
   * are not entered.
   *
   * @param directory the directory
   * @return 64 hexadecimal digits
   * @throws IOException if a file cannot be read
   */
  public static String ofDirectory(Path directory) throws IOException {
    StringBuilder listing = new StringBuilder();
    for (String name : sortedNames(directory)) {
      listing.append(name).append(' ').append(of(directory.resolve(name))).append('\n');
    }
    return of(listing.toString().getBytes(UTF_8));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
    }
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static void hashBlock(
      FileChannel channel, long start, long size, byte[] hashes, int block) {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long end = Math.min(size, start + BLOCK_BYTES);
    long at = start;
    while (at < end) {
      int read = readAt(channel, at, buffer, (int) Math.min(BUFFER_BYTES, end - at));
      digest.update(buffer, 0, read);
      at += read;
    }
    System.arraycopy(digest.digest(), 0, hashes, block * HASH_BYTES, HASH_BYTES);
  }

  private static int readAt(FileChannel channel, long at, byte[] buffer, int length) {
    try {
      int read = channel.read(ByteBuffer.wrap(buffer, 0, length), at);
      if (read < 0) {
        throw new EOFException("it became shorter");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> sortedNames(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
