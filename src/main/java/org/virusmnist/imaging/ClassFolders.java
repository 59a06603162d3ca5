package org.virusmnist.imaging;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The classes of labelled files: the names of the folders they are sorted into. */
public final class ClassFolders {
  private ClassFolders() {}

  /**
   * Returns the names of the folders directly below some paths.
   *
   * @param paths folders; files among them have no class
   * @return each name once, sorted: by number if all of them are numbers, else by character
   * @throws IOException if a folder cannot be read
   */
  public static List<String> below(List<Path> paths) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isDirectory)) {
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
}
