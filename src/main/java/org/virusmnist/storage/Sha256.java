package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 (FIPS 180-4) of bytes, files and directories, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 18;

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
