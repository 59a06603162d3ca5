package org.virusmnist.chart;

import java.util.List;

/**
 * What an explanation's picture shows. Arrays are kept, not copied.
 *
 * @param title line above everything
 * @param subtitle line below it
 * @param grey the image, 1,024 unsigned bytes
 * @param attributions integrated gradients of each byte [1024]
 * @param occlusion effect of blacking out each byte [1024]
 * @param bytes the most important bytes, most important first
 */
public record ExplanationPicture(
    String title,
    String subtitle,
    byte[] grey,
    float[] attributions,
    float[] occlusion,
    List<ImportantByte> bytes) {
  static final int SIDE = 32;

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if there are not 1,024 of each
   */
  public ExplanationPicture {
    bytes = List.copyOf(bytes);
    int pixels = SIDE * SIDE;
    if (grey.length != pixels || attributions.length != pixels || occlusion.length != pixels) {
      throw new IllegalArgumentException(
          "%d bytes, %d attributions and %d occlusions, expected 1024 of each"
              .formatted(grey.length, attributions.length, occlusion.length));
    }
  }
}
