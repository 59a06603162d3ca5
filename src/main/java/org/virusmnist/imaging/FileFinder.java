package org.virusmnist.imaging;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that some paths name: files as they are, folders with everything below, sorted by name.
 *
 * <p>Links to files are followed; links to folders only if asked, and a link that leads back into a
 * folder it lies in is reported and not entered. Memory holds the names of one folder at each
 * level. For one thread.
 */
public final class FileFinder {
  private final Iterator<Path> roots;
  private final boolean followsLinks;
  private final Deque<Level> levels = new ArrayDeque<>();

  /**
   * Creates a finder.
   *
   * @param paths files and folders, in the order to deliver them
   * @param followsLinks whether to enter folders through symbolic links
   * @throws NoSuchFileException if one of the paths is not there
   */
  public FileFinder(List<Path> paths, boolean followsLinks) throws NoSuchFileException {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
    }
    this.roots = List.copyOf(paths).iterator();
    this.followsLinks = followsLinks;
  }

  /**
   * What is left of a folder.
   *
   * @param real the folder without links
   * @param folder the class folder it is or lies in
   * @param entries what was not delivered yet
   */
  private record Level(Path real, @Nullable String folder, Iterator<Path> entries) {}

  /**
   * Returns the next file.
   *
   * @return the file, or null behind the last one
   */
  public @Nullable FoundFile next() {
    while (!levels.isEmpty() || roots.hasNext()) {
      Level level = levels.peek();
      if (level == null) {
        Path root = roots.next();
        FoundFile file = Files.isDirectory(root) ? enter(root, null) : found(root, null);
        if (file != null) {
          return file;
        }
      } else if (!level.entries().hasNext()) {
        levels.pop();
      } else {
        FoundFile file = file(level.entries().next(), level);
        if (file != null) {
          return file;
        }
      }
    }
    return null;
  }

  /** Returns a file; null for a folder that is now entered. */
  private @Nullable FoundFile file(Path path, Level level) {
    if (!Files.isDirectory(path)) {
      return found(path, level.folder());
    }
    if (Files.isSymbolicLink(path) && !followsLinks) {
      return new FoundFile(path, level.folder(), "is a link to a folder, which is not followed");
    }
    boolean isTop = levels.size() == 1;
    return enter(path, isTop ? String.valueOf(path.getFileName()) : level.folder());
  }

  private static FoundFile found(Path path, @Nullable String folder) {
    boolean isDangling = !Files.exists(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    return new FoundFile(path, folder, isDangling ? "is a link that leads nowhere" : null);
  }

  private @Nullable FoundFile enter(Path directory, @Nullable String folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      Path real = directory.toRealPath();
      if (levels.stream().anyMatch(level -> level.real().equals(real))) {
        return new FoundFile(directory, folder, "is a link to a folder that it lies in");
      }
      stream.forEach(entries::add);
      Collections.sort(entries);
      levels.push(new Level(real, folder, entries.iterator()));
      return null;
    } catch (IOException | DirectoryIteratorException e) {
      return new FoundFile(directory, folder, "is a folder that cannot be read");
    }
  }
}
