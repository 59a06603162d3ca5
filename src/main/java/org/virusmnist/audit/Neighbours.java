package org.virusmnist.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For each row its nearest neighbour among other rows, where one is within {@link #FARTHEST} bytes.
 *
 * <p>Immutable. The distance of two rows is their Hamming distance: the number of differing bytes.
 */
public final class Neighbours {
  /** Distances that audits count, in differing bytes of 1,024. */
  public static final List<Integer> DISTANCES = List.of(0, 1, 4, 16, 64);

  /** Rows farther apart than so many differing bytes are no neighbours. */
  public static final int FARTHEST = 64;

  private static final int NONE = -1;

  private final int[] nearest;
  private final int[] distances;

  /** Takes ownership: nearest row or −1, and its distance or anything above the farthest. */
  Neighbours(int[] nearest, int[] distances) {
    this.nearest = nearest;
    this.distances = distances;
  }

  /**
   * Returns the number of rows that were looked at.
   *
   * @return rows, 0 or more
   */
  public int size() {
    return nearest.length;
  }

  /**
   * Tells whether a row has a neighbour that differs in at most so many bytes.
   *
   * @param row the row, from 0
   * @param bytes differing bytes, up to {@link #FARTHEST}
   * @return whether there is one
   */
  public boolean isWithin(int row, int bytes) {
    Objects.checkIndex(bytes, FARTHEST + 1);
    return nearest[row] != NONE && distances[row] <= bytes;
  }

  /**
   * Returns the nearest neighbour of a row; of several the one that comes first.
   *
   * @param row a row with a neighbour within {@link #FARTHEST} bytes
   * @return its number, from 0
   * @throws IllegalArgumentException if the row has none
   */
  public int nearest(int row) {
    requireNeighbour(row);
    return nearest[row];
  }

  /**
   * Returns how far the nearest neighbour of a row is.
   *
   * @param row a row with a neighbour within {@link #FARTHEST} bytes
   * @return differing bytes, 0 to {@link #FARTHEST}
   * @throws IllegalArgumentException if the row has none
   */
  public int distance(int row) {
    requireNeighbour(row);
    return distances[row];
  }

  /**
   * Counts rows by how near their neighbours are, cumulatively.
   *
   * @param correct rows that a model predicted right, or null if that is not known
   * @return one count for each of {@link #DISTANCES}
   */
  public List<NearCount> counts(@Nullable BitSet correct) {
    List<NearCount> counts = new ArrayList<>();
    for (int bytes : DISTANCES) {
      counts.add(count(bytes, correct));
    }
    return counts;
  }

  private NearCount count(int bytes, @Nullable BitSet correct) {
    int near = 0;
    int correctNear = 0;
    for (int row = 0; row < size(); row++) {
      if (isWithin(row, bytes)) {
        near++;
        correctNear += correct != null && correct.get(row) ? 1 : 0;
      }
    }
    Integer correctOthers = correct == null ? null : correct.cardinality() - correctNear;
    return new NearCount(bytes, near, size(), correctOthers);
  }

  private void requireNeighbour(int row) {
    if (nearest[row] == NONE) {
      throw new IllegalArgumentException(
          "row " + row + " has no neighbour within " + FARTHEST + " bytes");
    }
  }
}
