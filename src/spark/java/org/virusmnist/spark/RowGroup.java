package org.virusmnist.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a Parquet file that is read as a whole.
 *
 * @param file path of the file
 * @param index its number in the file, from 0
 * @param firstRow number of its first row in the whole input
 * @param rows how many rows it has, by the file's footer
 * @param bytes its size on disk
 */
record RowGroup(String file, int index, long firstRow, long rows, long bytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  RowGroup startingAt(long row) {
    return new RowGroup(file, index, row, rows, bytes);
  }

  /**
   * Cuts a list into tasks of consecutive row groups.
   *
   * @param maxBytes most bytes a task, but at least one row group
   * @param openCost so many bytes are added for each row group, as Spark does for files
   */
  static List<List<RowGroup>> tasks(List<RowGroup> groups, long maxBytes, long openCost) {
    List<List<RowGroup>> tasks = new ArrayList<>();
    long bytes = 0;
    for (RowGroup group : groups) {
      long cost = group.bytes() + openCost;
      if (tasks.isEmpty() || bytes + cost > maxBytes) {
        tasks.add(new ArrayList<>());
        bytes = 0;
      }
      tasks.get(tasks.size() - 1).add(group);
      bytes += cost;
    }
    return tasks;
  }
}
