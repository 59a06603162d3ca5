package org.virusmnist.inference;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.virusmnist.dataset.ImageSet;

/**
 * Which bytes a decision rests on, found by blacking them out one at a time.
 *
 * <p>A check on gradients: it needs nothing but predictions. Zero bytes are black already and have
 * no effect, so only the others cost a prediction each.
 */
public final class Occlusion {
  private static final double SMALLEST = 1e-30;

  private final Predictor predictor;
  private final int classCount;
  private final int batchSize;

  /**
   * Creates the measurement.
   *
   * @param predictor gives probabilities
   * @param classCount number of classes, C
   * @param batchSize images of a call, 1 or more
   */
  public Occlusion(Predictor predictor, int classCount, int batchSize) {
    this.predictor = predictor;
    this.classCount = classCount;
    this.batchSize = batchSize;
  }

  /** Predicts images. */
  @FunctionalInterface
  public interface Predictor {
    /**
     * Returns the probabilities of all images.
     *
     * @param images N images
     * @return probability of each class, row by row [N×C]
     */
    float[] probabilities(ImageSet images);
  }

  /**
   * Measures every byte of an image.
   *
   * @param grey the image, 1,024 unsigned bytes
   * @param label class whose probability is watched
   * @return for each byte ln p − ln p without it, in nats: positive where the byte speaks for the
   *     class [1024]
   * @throws IOException if a prediction fails
   */
  public float[] of(byte[] grey, int label) throws IOException {
    int[] lit = lit(grey);
    double whole = logProbability(predictor.probabilities(ImageSet.of(grey, null)), 0, label);
    float[] drops = new float[grey.length];
    RowRanges ranges = new RowRanges(lit.length, batchSize);
    for (RowRanges.Range range = ranges.next(); range != null; range = ranges.next()) {
      int[] part = Arrays.copyOfRange(lit, range.from(), range.from() + range.count());
      float[] probabilities = predictor.probabilities(occluded(grey, part));
      for (int i = 0; i < part.length; i++) {
        drops[part[i]] = (float) (whole - logProbability(probabilities, i, label));
      }
    }
    return drops;
  }

  /** Returns how many predictions {@link #of} asks for: the image, and without each lit byte. */
  public static int predictions(byte[] grey) {
    return 1 + lit(grey).length;
  }

  private static int[] lit(byte[] grey) {
    return IntStream.range(0, grey.length).filter(i -> grey[i] != 0).toArray();
  }

  private static ImageSet occluded(byte[] grey, int[] positions) {
    byte[] copies = new byte[positions.length * grey.length];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(grey, 0, copies, i * grey.length, grey.length);
      copies[i * grey.length + positions[i]] = 0;
    }
    return ImageSet.of(copies, null);
  }

  private double logProbability(float[] probabilities, int row, int label) {
    return Math.log(Math.max(SMALLEST, probabilities[row * classCount + label]));
  }
}
