package org.virusmnist.audit;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.virusmnist.dataset.ImageSet;

/**
 * The bytes of a row, those in which rows differ most first.
 *
 * <p>Executables share long stretches of zeros and the same DOS stub. Where the bytes that tell
 * them apart come first, a pair that is too far apart is given up after a few of them. The order
 * changes no distance.
 */
final class ColumnOrder {
  private static final int SAMPLE = 1000;

  private ColumnOrder() {}

  /** Returns the numbers of all bytes of a row, judged by evenly spaced rows of these images. */
  static int[] mostVariedFirst(ImageSet images) {
    int[][] counts = new int[ImageSet.PIXELS][256];
    byte[] grey = new byte[ImageSet.PIXELS];
    int sample = Math.min(SAMPLE, images.size());
    for (int i = 0; i < sample; i++) {
      images.copyGreyTo((int) ((long) i * images.size() / sample), grey, 0);
      for (int column = 0; column < grey.length; column++) {
        counts[column][grey[column] & 0xFF]++;
      }
    }
    long[] equalPairs = new long[ImageSet.PIXELS];
    for (int column = 0; column < equalPairs.length; column++) {
      equalPairs[column] = equalPairs(counts[column]);
    }
    return IntStream.range(0, ImageSet.PIXELS)
        .boxed()
        .sorted(Comparator.comparingLong(column -> equalPairs[column]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Ordered pairs of sampled rows with the same value. */
  private static long equalPairs(int[] counts) {
    long pairs = 0;
    for (int count : counts) {
      pairs += (long) count * count;
    }
    return pairs;
  }
}
