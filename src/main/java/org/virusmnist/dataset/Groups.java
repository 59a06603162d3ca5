package org.virusmnist.dataset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows belong together, such as files out of one package: what must not be torn apart when
 * rows are split. Immutable.
 */
public final class Groups {
  private final int[] ofRow;
  private final int count;

  private Groups(int[] ofRow, int count) {
    this.ofRow = ofRow;
    this.count = count;
  }

  /**
   * Returns groups of one row each.
   *
   * @param rows number of rows
   */
  public static Groups single(int rows) {
    return new Groups(RowOrder.sequential(rows), rows);
  }

  /**
   * Returns given groups.
   *
   * @param names the group of each row; equal names are one group
   */
  public static Groups of(List<String> names) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] ofRow = new int[names.size()];
    for (int row = 0; row < ofRow.length; row++) {
      ofRow[row] = numbers.computeIfAbsent(names.get(row), name -> numbers.size());
    }
    return new Groups(ofRow, numbers.size());
  }

  /** Returns how many groups there are. */
  public int count() {
    return count;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return ofRow.length;
  }

  /**
   * Returns the group of a row.
   *
   * @param row the row, from 0
   * @return a number from 0 to {@link #count} − 1
   */
  public int of(int row) {
    return ofRow[row];
  }

  /**
   * Returns the groups of chosen rows, numbered anew.
   *
   * @param rows row numbers
   */
  public Groups select(int[] rows) {
    return of(Arrays.stream(rows).mapToObj(row -> Integer.toString(ofRow[row])).toList());
  }
}
