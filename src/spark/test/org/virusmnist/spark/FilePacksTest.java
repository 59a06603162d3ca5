package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Every file is in one pack, in its order, and small ones share a pack. */
class FilePacksTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void packsSmallFilesTogetherAndLeavesLargeOnesAlone() {
    List<List<FilePacks.PackedFile>> packs =
        FilePacks.of(files(0, 0, 0, 50 * MEGABYTE, 0, 0), 4 * MEGABYTE);

    assertThat(packs.stream().map(List::size)).containsExactly(3, 1, 2);
    assertThat(packs.stream().flatMap(List::stream).map(FilePacks.PackedFile::row))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void packsNothingIntoNothing() {
    assertThat(FilePacks.of(List.of(), MEGABYTE)).isEmpty();
  }

  private static List<FileStatus> files(long... sizes) {
    List<FileStatus> files = new ArrayList<>();
    for (long size : sizes) {
      files.add(new FileStatus(size, false, 1, 1, 0, new Path("file" + files.size())));
    }
    return files;
  }
}
