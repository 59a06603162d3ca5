package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images find their groups by hash; what cannot be found is an error with its place. */
class GroupsTest {
  @TempDir private Path directory;

  @Test
  void areFoundByHash() throws IOException {
    Path file = write("name,group,hash\nx,red,cc\ny,blue,aa\nz,red,bb\nw,green,dd\n");
    Groups groups = GroupFile.read(file, "group").of(images("aa", "bb", "cc"));

    assertThat(groups.rows()).isEqualTo(3);
    assertThat(groups.count()).isEqualTo(2);
    assertThat(groups.of(1)).isEqualTo(groups.of(2)).isNotEqualTo(groups.of(0));
    assertThat(GroupFile.read(file, "name").of(images("aa", "bb", "cc")).count()).isEqualTo(3);
  }

  @Test
  void canBeChosenFrom() {
    Groups chosen = Groups.single(5).select(new int[] {4, 1, 4});
    assertThat(chosen.rows()).isEqualTo(3);
    assertThat(chosen.count()).isEqualTo(2);
    assertThat(chosen.of(0)).isEqualTo(chosen.of(2));
  }

  @Test
  void refuseAnImageWithoutGroup() throws IOException {
    Path file = write("hash,group\naa,red\n");
    assertThatThrownBy(() -> GroupFile.read(file, "group").of(images("aa", "bb")))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(
            file
                + ": has no group for row 1 of memory, whose hash is 'bb'. Every image needs a line.");
    assertThatThrownBy(
            () ->
                GroupFile.read(file, "group")
                    .of(ImageSet.of(new byte[ImageSet.PIXELS], new int[1])))
        .hasMessage(
            file
                + ": has no group for row 0 of memory, whose hash is absent. Every image needs a"
                + " line.");
  }

  @Test
  void refuseAFileThatDoesNotHaveThem() throws IOException {
    Path file = write("hash,group\naa,red\nbb\n");
    assertThatThrownBy(() -> GroupFile.read(file, "package"))
        .hasMessage(file + ":1: has no column 'package', found [hash, group]. Name another one.");
    assertThatThrownBy(() -> GroupFile.read(file, "group"))
        .hasMessage(file + ":3: row has 1 columns, expected 2.");
    Path empty = write("");
    assertThatThrownBy(() -> GroupFile.read(empty, "group"))
        .isInstanceOf(DatasetFormatException.class);
  }

  @Test
  void refuseAHashInTwoGroupsAndARowWithoutOne() throws IOException {
    Path two = write("hash,group\naa,red\nbb,red\naa,blue\n");
    assertThatThrownBy(() -> GroupFile.read(two, "group"))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(
            two
                + ":4: hash 'aa' has the group 'blue', expected 'red' as in line 2. Remove one of"
                + " the two.");
    Path blank = write("hash,group\naa,red\nbb, \n");
    assertThatThrownBy(() -> GroupFile.read(blank, "group"))
        .hasMessage(blank + ":3: 'group' is empty, expected the name of a group. Fill it in.");
  }

  @Test
  void mayNameAnImageTwiceAndOthersWithoutAHash() throws IOException {
    Path file = write("hash,group\naa,red\naa,red\n,red\n,blue\nbb,blue\n");
    assertThat(GroupFile.read(file, "group").of(images("aa", "bb")).count()).isEqualTo(2);
  }

  @Test
  void areCountedWhereTwoSetsShareThem() throws IOException {
    Path file = write("hash,group\naa,red\nbb,blue\ncc,red\ndd,green\n");
    SharedGroups shared =
        GroupFile.read(file, "group").shared(images("aa", "bb"), images("cc", "dd", "ee", "cc"));
    assertThat(shared).isEqualTo(new SharedGroups(4, 2, 1));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("sources.csv"), text);
  }

  private static ImageSet images(String... hashes) {
    return ImageSet.of(
        new byte[hashes.length * ImageSet.PIXELS], new int[hashes.length], hashes, "memory");
  }
}
