package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a tree is met once, whatever its name, in as many walks as it takes. */
class FolderWalkTest {
  @TempDir Path directory;

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectories(directory.resolve("a/deep"));
    Files.createDirectories(directory.resolve("b"));
    for (String name :
        List.of("a/deep/1.exe", "a/2.exe", "b/.hidden", "b/x:y.exe", "_3", "4.crc")) {
      Files.writeString(directory.resolve(name), "12345");
    }
    Files.createSymbolicLink(directory.resolve("b/nowhere"), Path.of("gone"));
    Files.createSymbolicLink(directory.resolve("b/loop"), directory);
    Files.createSymbolicLink(directory.resolve("b/link"), directory.resolve("_3"));
    Files.createDirectories(directory.resolve("_out.unfinished-1/table"));
    Files.writeString(directory.resolve("_out.unfinished-1/table/part"), "");
  }

  private List<String> walk(List<String> folders, long most, List<String> left) {
    Iterator<SampleFile> walk = new FolderWalk(folders.iterator(), new Configuration(), most);
    List<String> found = new ArrayList<>();
    walk.forEachRemaining(
        file -> {
          if (file.isFolder()) {
            left.add(file.path());
          } else {
            String name = file.path().substring(("file:" + directory + "/").length());
            found.add(name + " " + (file.problem() == null ? file.size() : file.problem()));
          }
        });
    return found;
  }

  @Test
  void meetsEveryFileOnce() {
    List<String> left = new ArrayList<>();

    List<String> found = walk(List.of("file:" + directory), 100, left);

    assertThat(left).isEmpty();
    assertThat(found)
        .containsExactlyInAnyOrder(
            "_3 5",
            "4.crc 5",
            "a/2.exe 5",
            "a/deep/1.exe 5",
            "b/.hidden 5",
            "b/x:y.exe 5",
            "b/link 5",
            "b/nowhere is a link that leads nowhere",
            "b/loop is a link to a folder, which is not followed");
  }

  @Test
  void leavesFoldersToOthersAndMeetsTheSameFiles() {
    List<String> left = new ArrayList<>(List.of("file:" + directory));
    List<String> found = new ArrayList<>();
    int walks = 0;
    while (!left.isEmpty()) {
      List<String> folders = List.copyOf(left);
      left.clear();
      found.addAll(walk(folders, 1, left));
      walks++;
    }

    assertThat(walks).isGreaterThan(2);
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            walk(List.of("file:" + directory), 100, new ArrayList<>()));
  }

  @Test
  void aFolderThatIsGoneIsSaid() {
    assertThat(walk(List.of("file:" + directory + "/gone"), 100, new ArrayList<>()))
        .containsExactly("gone is a folder that cannot be read");
  }
}
