package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code SHA256SUMS}: what is in a directory, in the format of the command {@code sha256sum}.
 *
 * <p>A directory is whole when the list of what is in it is, byte for byte, the one that was
 * written with it: a file that is cut short, changed, missing or new shows, and so does a change of
 * the list.
 */
final class Manifest {
  static final String FILE = "SHA256SUMS";

  private Manifest() {}

  /** Lists the files of a directory in a file of it. */
  static void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), text(hashes(directory)), UTF_8);
  }

  /**
   * Compares a directory with its list.
   *
   * @return what differs, in words, or nothing when the directory is whole
   */
  static Optional<String> difference(Path directory) {
    try {
      String written = Files.readString(directory.resolve(FILE), UTF_8);
      SortedMap<String, String> hashes = hashes(directory);
      return text(hashes).equals(written)
          ? Optional.empty()
          : Optional.of(firstDifference(written.lines().toList(), hashes));
    } catch (CharacterCodingException e) {
      return Optional.of(FILE + " is damaged");
    } catch (IOException e) {
      return Optional.of(FILE + " or a file it lists cannot be read");
    }
  }

  private static String firstDifference(List<String> written, SortedMap<String, String> hashes) {
    for (String line : written) {
      String name = line.length() > 66 ? line.substring(66) : "";
      if (!hashes.containsKey(name)) {
        return name.isEmpty() ? FILE + " is damaged" : "'" + name + "' is missing";
      }
      if (!line(hashes.remove(name), name).equals(line)) {
        return "'" + name + "' has another SHA-256 than when it was written";
      }
    }
    return hashes.isEmpty()
        ? FILE + " is damaged"
        : "'" + hashes.firstKey() + "' is not listed in " + FILE;
  }

  private static String text(SortedMap<String, String> hashes) {
    StringBuilder text = new StringBuilder();
    hashes.forEach((name, hash) -> text.append(line(hash, name)).append('\n'));
    return text.toString();
  }

  private static String line(String hash, String name) {
    return hash + "  " + name;
  }

  private static SortedMap<String, String> hashes(Path directory) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(FILE)) {
          hashes.put(name, Sha256.of(file));
        }
      }
    }
    return hashes;
  }
}
