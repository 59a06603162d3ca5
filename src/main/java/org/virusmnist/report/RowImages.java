package org.virusmnist.report;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pictures of some rows of a data set. For one thread. */
public final class RowImages {
  private final Map<Long, byte[]> greyByRow = new HashMap<>();

  /** Creates a collection without pictures. */
  public RowImages() {}

  /**
   * Adds a picture, replacing the one the row had.
   *
   * @param row number of the row in its file
   * @param grey unsigned bytes row by row, a square number of them; copied
   */
  public void put(long row, byte[] grey) {
    greyByRow.put(row, grey.clone());
  }

  /**
   * Returns a row's picture.
   *
   * @param row number of the row in its file
   * @return a copy, or null where there is none
   */
  public byte @Nullable [] grey(long row) {
    byte[] grey = greyByRow.get(row);
    return grey == null ? null : grey.clone();
  }

  /** Number of pictures. */
  public int size() {
    return greyByRow.size();
  }
}
