package org.virusmnist.chart;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A square grey image and what is written below it.
 *
 * <p>Immutable: the pixels are copied in.
 */
public final class ImageTile {
  private final byte[] grey;
  private final int side;
  private final List<String> captions;

  private ImageTile(byte[] grey, int side, List<String> captions) {
    this.grey = grey.clone();
    this.side = side;
    this.captions = List.copyOf(captions);
  }

  /**
   * Returns a tile.
   *
   * @param grey unsigned bytes row by row, a square number of them: 1,024 for 32×32
   * @param captions lines below the image, the most important first
   * @throws IllegalArgumentException if the image is not square
   */
  public static ImageTile of(byte[] grey, List<String> captions) {
    int side = (int) Math.round(Math.sqrt(grey.length));
    if (side == 0 || side * side != grey.length) {
      throw new IllegalArgumentException(grey.length + " pixels are no square image");
    }
    return new ImageTile(grey, side, captions);
  }

  /** Lines below the image. */
  List<String> captions() {
    return captions;
  }

  /** The image, one pixel for each byte. */
  BufferedImage image() {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < grey.length; i++) {
      int value = Byte.toUnsignedInt(grey[i]);
      image.setRGB(i % side, i / side, value << 16 | value << 8 | value);
    }
    return image;
  }
}
