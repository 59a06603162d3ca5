package org.virusmnist.imaging;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The classes of labelled files: the names of the folders they are sorted into. */
public final class ClassFolders {
  private ClassFolders() {}

  /**
   * Returns the names of the folders directly below some paths; hidden ones, whose names start with
   * a dot, are no classes.
   *
   * @param paths folders; files among them have no class
   * @param followsLinks whether links to folders are classes, as {@link FileFinder} enters them
   * @return each name once, sorted: by number if all of them are numbers, else by character
   * @throws IOException if a folder cannot be read
   */
  public static List<String> below(List<Path> paths, boolean followsLinks) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> entries =
            Files.newDirectoryStream(path, entry -> isClass(entry, followsLinks))) {
          entries.forEach(folder -> names.add(String.valueOf(folder.getFileName())));
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
    }
    List<String> sorted = new ArrayList<>(names);
    if (sorted.stream().allMatch(name -> name.matches("\\d{1,9}"))) {
      sorted.sort(Comparator.comparingInt(Integer::parseInt));
    }
    return sorted;
  }

  private static boolean isClass(Path entry, boolean followsLinks) {
    boolean isFolder =
        followsLinks
            ? Files.isDirectory(entry)
            : Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    return isFolder && !String.valueOf(entry.getFileName()).startsWith(".");
  }
}
