package org.virusmnist.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/** Cuts a list of files into tasks, so that thousands of small files are one of them. */
final class FilePacks {
  /** Opening a file costs about as much as reading so many bytes, as Spark reckons. */
  private static final long OPEN_COST_BYTES = 1 << 20;

  private FilePacks() {}

  /**
   * A file of a pack.
   *
   * @param row its number in the list, from 0
   * @param path where it is
   * @param size its bytes
   */
  record PackedFile(long row, String path, long size) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Cuts a list.
   *
   * @param files the files in their order
   * @param packBytes about so many bytes a pack, at least one file
   * @return packs of consecutive files
   */
  static List<List<PackedFile>> of(List<FileStatus> files, long packBytes) {
    List<List<PackedFile>> packs = new ArrayList<>();
    List<PackedFile> pack = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < files.size(); i++) {
      FileStatus file = files.get(i);
      long cost = file.getLen() + OPEN_COST_BYTES;
      if (!pack.isEmpty() && bytes + cost > packBytes) {
        packs.add(pack);
        pack = new ArrayList<>();
        bytes = 0;
      }
      pack.add(new PackedFile(i, file.getPath().toString(), file.getLen()));
      bytes += cost;
    }
    if (!pack.isEmpty()) {
      packs.add(pack);
    }
    return packs;
  }
}
