package org.virusmnist.baseline;

import org.virusmnist.dataset.ImageSet;

/**
 * Says of a row what the row at the smallest Euclidean distance is; the first wins a tie.
 *
 * <p>Compares all pairs, on all processors.
 */
final class NearestNeighbour implements Baseline {
  @Override
  public String name() {
    return "nearest neighbour, pixels";
  }

  @Override
  public float[] predict(
      ImageSet train, ImageSet test, int classCount, long seed, BaselineProgress progress) {
    int[][] known = pixels(train);
    int[] labels = train.labels();
    float[] probabilities = new float[test.size() * classCount];
    int[][] asked = pixels(test);
    TestRows.forEach(
        asked.length,
        progress,
        row -> probabilities[row * classCount + labels[nearest(asked[row], known)]] = 1);
    return probabilities;
  }

  private static int nearest(int[] row, int[][] known) {
    int best = 0;
    int least = Integer.MAX_VALUE; // 1,024 squares of at most 255 stay far below
    for (int other = 0; other < known.length; other++) {
      int distance = squaredDistance(row, known[other]);
      if (distance < least) {
        least = distance;
        best = other;
      }
    }
    return best;
  }

  private static int squaredDistance(int[] a, int[] b) {
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  private static int[][] pixels(ImageSet images) {
    int[][] rows = new int[images.size()][ImageSet.PIXELS];
    byte[] grey = new byte[ImageSet.PIXELS];
    for (int row = 0; row < rows.length; row++) {
      images.copyGreyTo(row, grey, 0);
      for (int i = 0; i < grey.length; i++) {
        rows[row][i] = grey[i] & 0xFF;
      }
    }
    return rows;
  }
}
