package org.virusmnist.inference;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.virusmnist.metrics.RankCorrelation;

/**
 * Which bytes of an image speak for a class and which against it, measured in two ways.
 *
 * <p>Immutable: arrays are copied in and out.
 */
public final class ByteExplanation {
  private final byte[] grey;
  private final float[] attributions;
  private final float[] occlusion;

  /**
   * Joins what was measured.
   *
   * @param grey the image, P unsigned bytes
   * @param attributions integrated gradients of the class's logit [P]
   * @param occlusion drop of the class's log-probability without each byte [P]
   * @throws IllegalArgumentException if the lengths differ
   */
  public ByteExplanation(byte[] grey, float[] attributions, float[] occlusion) {
    if (grey.length != attributions.length || grey.length != occlusion.length) {
      throw new IllegalArgumentException(
          "%d bytes, %d attributions and %d occlusions, expected as many of each"
              .formatted(grey.length, attributions.length, occlusion.length));
    }
    this.grey = grey.clone();
    this.attributions = attributions.clone();
    this.occlusion = occlusion.clone();
  }

  /**
   * Returns the bytes that moved the logit most, whichever way.
   *
   * @param count how many at most; bytes without any effect are left out
   * @return offsets from 0, the most important first, of equal ones the first
   */
  public List<Integer> mostImportant(int count) {
    return IntStream.range(0, attributions.length)
        .filter(i -> attributions[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(attributions[i])))
        .limit(count)
        .toList();
  }

  /**
   * Returns how alike both measures rank the bytes that are not zero.
   *
   * @return Spearman's ρ, −1 to 1; NaN where one of them finds all bytes equal
   */
  public double agreement() {
    int[] lit = IntStream.range(0, grey.length).filter(i -> grey[i] != 0).toArray();
    return RankCorrelation.spearman(select(attributions, lit), select(occlusion, lit));
  }

  private static float[] select(float[] values, int[] positions) {
    float[] selected = new float[positions.length];
    for (int i = 0; i < positions.length; i++) {
      selected[i] = values[positions[i]];
    }
    return selected;
  }

  /**
   * Returns the image.
   *
   * @return P unsigned bytes, a copy
   */
  public byte[] grey() {
    return grey.clone();
  }

  /**
   * Returns the attributions.
   *
   * @return integrated gradients of the logit [P], a copy
   */
  public float[] attributions() {
    return attributions.clone();
  }

  /**
   * Returns the effect of occlusion.
   *
   * @return drop of the log-probability in nats [P], a copy
   */
  public float[] occlusion() {
    return occlusion.clone();
  }
}
