package org.virusmnist.metrics;

import java.util.Arrays;

/**
 * How much each pixel of some images moved a class's logit, by integrated gradients (Sundararajan
 * et al. 2017).
 *
 * <p>N images of P pixels. The attributions of an image add up to the logit less that of a black
 * image, but for the error of summing instead of integrating.
 *
 * @param values attribution of each pixel, image by image [N×P]
 * @param logits logit of the explained class for each image [N]
 * @param baselineLogits that of a black image [N]
 */
public record Attributions(float[] values, float[] logits, float[] baselineLogits) {
  /**
   * Checks the lengths; the arrays are kept, not copied.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public Attributions {
    if (logits.length == 0
        || values.length % logits.length != 0
        || logits.length != baselineLogits.length) {
      throw new IllegalArgumentException(
          "%d attributions for %d logits and %d baseline logits"
              .formatted(values.length, logits.length, baselineLogits.length));
    }
  }

  /** N, the number of images. */
  public int size() {
    return logits.length;
  }

  /**
   * Returns the attributions of one image.
   *
   * @param i the image, from 0
   * @return [P], a copy
   */
  public float[] of(int i) {
    int pixels = values.length / size();
    return Arrays.copyOfRange(values, i * pixels, (i + 1) * pixels);
  }

  /**
   * Returns how far an image's attributions are from adding up, relative to their size.
   *
   * @param i the image, from 0
   * @return |Σ attributions − (logit − baseline logit)| / Σ |attributions|; 0 where all are zero
   */
  public double relativeGap(int i) {
    double sum = 0;
    double size = 0;
    for (float value : of(i)) {
      sum += value;
      size += Math.abs(value);
    }
    double gap = Math.abs(sum - ((double) logits[i] - baselineLogits[i]));
    return size == 0 ? 0 : gap / size;
  }
}
