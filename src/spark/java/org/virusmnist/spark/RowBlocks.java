package org.virusmnist.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.virusmnist.dataset.ImageSet;

/**
 * Blocks of a row that find its neighbours without comparing all pairs.
 *
 * <p>A row is cut into B = 2 · (d + 1) blocks. Two rows that differ in at most d bytes differ in at
 * most d blocks, so at least B − d = d + 2 are equal (pigeonhole principle; Manku, Jain and Das
 * Sarma 2007, "Detecting near-duplicates for web crawling", do the same with bits). If all but d +
 * 1 blocks of one of the two rows are left out, one of the equal ones is still there: so each row
 * is looked up by its d + 1 rarest blocks, and the blocks that all rows share (runs of zeros) never
 * lead to a comparison.
 *
 * @param distance d, most differing bytes of neighbours, 0 to 255
 */
record RowBlocks(int distance) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int MAX_DISTANCE = 255;

  RowBlocks {
    if (distance < 0 || distance > MAX_DISTANCE) {
      throw new IllegalArgumentException(
          "distance is %d, expected 0 to %d".formatted(distance, MAX_DISTANCE));
    }
  }

  /** Number of blocks of a row, B. */
  int count() {
    return 2 * (distance + 1);
  }

  /** Number of blocks that are enough to find every neighbour. */
  int needed() {
    return distance + 1;
  }

  /**
   * Returns a number for each block, from its place and its bytes; equal blocks at a place have the
   * same number, others almost never.
   */
  long[] keys(byte[] pixels) {
    long[] keys = new long[count()];
    Arrays.setAll(keys, block -> key(pixels, block));
    return keys;
  }

  private long key(byte[] pixels, int block) {
    int from = block * ImageSet.PIXELS / count();
    int to = (block + 1) * ImageSet.PIXELS / count();
    long hash = (block + 1) * MULTIPLIER;
    for (int i = from; i < to; i++) {
      hash = (hash ^ pixels[i]) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /** Counts differing bytes, up to one more than {@link #distance}. */
  int differingBytes(byte[] left, byte[] right) {
    int differing = 0;
    for (int i = 0; i < left.length && differing <= distance; i++) {
      differing += left[i] == right[i] ? 0 : 1;
    }
    return differing;
  }
}
