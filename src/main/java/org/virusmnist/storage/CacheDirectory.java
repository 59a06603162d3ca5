package org.virusmnist.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files that can be made again, bounded in size: the least recently used go first.
 *
 * <p>The time of last use is the file's modification time. Entries are written atomically, so that
 * several processes can share a directory: each finds a whole entry or none, and the last one to
 * store a name wins. What an entry contains, and whether it is intact, is the caller's business.
 *
 * <p>Only files with this class's own ending are counted and deleted, left-over temporary files of
 * killed processes among them: pointing the cache at a directory of other files does no harm.
 */
public final class CacheDirectory {
  private static final String ENDING = ".vmcache";
  private static final Pattern OWN_NAME = Pattern.compile(".*\\.vmcache(\\.[0-9a-f]{16}\\.tmp)?");
  private static final Pattern ENTRY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private final Path directory;
  private final long maxBytes;
  private final InstantSource clock;

  /**
   * Describes a directory; it is made when the first entry is stored.
   *
   * @param directory where the entries are
   * @param maxBytes the size of all entries together in bytes, at least 0
   */
  public CacheDirectory(Path directory, long maxBytes) {
    this(directory, maxBytes, InstantSource.system());
  }

  CacheDirectory(Path directory, long maxBytes, InstantSource clock) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes (" + maxBytes + ") must not be negative");
    }
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * Returns an entry's file and marks it as used.
   *
   * @param name letters, digits, {@code -} and {@code _}
   * @return the file, which another process may delete at any time, or null if there is none
   */
  public @Nullable Path find(String name) {
    Path entry = entry(name);
    if (!Files.isRegularFile(entry)) {
      return null;
    }
    try {
      Files.setLastModifiedTime(entry, FileTime.from(clock.instant()));
    } catch (IOException e) {
      return entry; // a read-only cache still serves; reading tells whether the file is there
    }
    return entry;
  }

  /**
   * Writes an entry, replacing one of the same name, and then deletes the least recently used ones
   * until all fit. An entry that alone is too large is deleted again.
   *
   * @param name letters, digits, {@code -} and {@code _}
   * @param writer produces the content
   * @throws IOException if the entry cannot be written; an old one is then still there
   */
  public void store(String name, AtomicFile.OutputWriter writer) throws IOException {
    Path entry = entry(name);
    AtomicFile.write(entry, writer);
    evict(entry);
  }

  private Path entry(String name) {
    if (!ENTRY_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a name of letters and digits");
    }
    return directory.resolve(name + ENDING);
  }

  private void evict(Path newest) throws IOException {
    List<OwnFile> files = ownFiles();
    files.sort(
        Comparator.comparing((OwnFile file) -> file.path.equals(newest))
            .thenComparing(OwnFile::lastUsed));
    long total = files.stream().mapToLong(OwnFile::bytes).sum();
    for (OwnFile file : files) {
      if (total <= maxBytes) {
        return;
      }
      Files.deleteIfExists(file.path);
      total -= file.bytes;
    }
  }

  private List<OwnFile> ownFiles() throws IOException {
    List<OwnFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        OwnFile file = OwnFile.of(path);
        if (file != null) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private record OwnFile(Path path, long bytes, FileTime lastUsed) {
    static @Nullable OwnFile of(Path path) throws IOException {
      Path name = path.getFileName();
      if (name == null || !OWN_NAME.matcher(name.toString()).matches()) {
        return null;
      }
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return attributes.isRegularFile()
            ? new OwnFile(path, attributes.size(), attributes.lastModifiedTime())
            : null;
      } catch (NoSuchFileException e) {
        return null; // another process was faster
      }
    }
  }
}
