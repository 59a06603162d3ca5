package org.virusmnist.report.html;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Grey images as text that a page carries with it. */
final class Picture {
  private Picture() {}

  /**
   * Returns an image as a {@code data:} address of a PNG.
   *
   * @param grey unsigned bytes row by row, a square number of them, or null
   * @return the address, empty where there is no image
   */
  static String dataUri(byte @Nullable [] grey) {
    if (grey == null) {
      return "";
    }
    int side = (int) Math.round(Math.sqrt(grey.length));
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, side, side, grey);
    return dataUri(image);
  }

  static String dataUri(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
