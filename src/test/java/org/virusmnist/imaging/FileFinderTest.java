package org.virusmnist.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of any shape are walked once, in an order that does not depend on the file system. */
class FileFinderTest {
  @TempDir private Path root;

  @Test
  void findsFilesSortedWithTheFolderThatNamesTheirClass() throws IOException {
    file("b/deep/x");
    file("b/a");
    file("a/y");
    file("z");

    assertThat(found(false, root))
        .extracting(file -> root.relativize(file.path()).toString(), FoundFile::folder)
        .containsExactly(
            tuple("a/y", "a"), tuple("b/a", "b"), tuple("b/deep/x", "b"), tuple("z", null));
  }

  @Test
  void takesFilesAndFoldersInTheOrderGiven() throws IOException {
    Path one = file("one");
    Path two = file("folder/two");

    assertThat(found(false, two, root.resolve("folder"), one))
        .extracting(FoundFile::path)
        .containsExactly(two, two, one);
  }

  @Test
  void followsLinksToFilesAndReportsLinksToFolders() throws IOException {
    Path file = file("real/file");
    Files.createSymbolicLink(root.resolve("a"), file);
    Files.createSymbolicLink(root.resolve("b"), root.resolve("real"));
    Files.createSymbolicLink(root.resolve("c"), root.resolve("nowhere"));

    assertThat(found(false, root))
        .extracting(found -> root.relativize(found.path()).toString(), FoundFile::problem)
        .containsExactly(
            tuple("a", null),
            tuple("b", "is a link to a folder, which is not followed"),
            tuple("c", "is a link that leads nowhere"),
            tuple("real/file", null));
  }

  @Test
  void endsWhereLinksLeadInACircle() throws IOException {
    file("a/b/file");
    Files.createSymbolicLink(root.resolve("a/b/up"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("beside"), root.resolve("a/b"));

    assertThat(found(true, root))
        .extracting(found -> root.relativize(found.path()).toString(), FoundFile::problem)
        .containsExactly(
            tuple("a/b/file", null),
            tuple("a/b/up", "is a link to a folder that it lies in"),
            tuple("beside/file", null),
            tuple("beside/up/b", "is a link to a folder that it lies in"));
  }

  @Test
  void reportsAFolderThatCannotBeRead() throws IOException {
    Path closed = Files.createDirectory(root.resolve("closed"));
    assumeFalse(!closed.toFile().setReadable(false) || Files.isReadable(closed), "runs as root");

    assertThat(found(false, root))
        .extracting(FoundFile::problem)
        .containsExactly("is a folder that cannot be read");
  }

  @Test
  void refusesAPathThatIsNotThere() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> new FileFinder(List.of(root, root.resolve("x")), false))
        .withMessage(root.resolve("x").toString());
  }

  @Test
  void sortsClassesByNumberWhereAllOfThemAreNumbers() throws IOException {
    file("10/a");
    file("9/a");
    file("0");
    assertThat(ClassFolders.below(List.of(root), false)).containsExactly("9", "10");

    file("x/a");
    assertThat(ClassFolders.below(List.of(root, root.resolve("0")), false))
        .containsExactly("10", "9", "x");
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private static List<FoundFile> found(boolean followsLinks, Path... paths) throws IOException {
    FileFinder finder = new FileFinder(List.of(paths), followsLinks);
    List<FoundFile> files = new ArrayList<>();
    for (FoundFile file = finder.next(); file != null; file = finder.next()) {
      files.add(file);
    }
    return files;
  }
}
