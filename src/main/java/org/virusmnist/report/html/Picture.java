package org.virusmnist.report.html;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Images as text that a page carries with it. */
final class Picture {
  private static final Color FOR = new Color(0xD55E00);
  private static final Color AGAINST = new Color(0x0072B2);

  private Picture() {}

  /**
   * Returns a grey image as a {@code data:} address of a PNG.
   *
   * @param grey unsigned bytes row by row, a square number of them, or null
   * @return the address, empty where there is no image
   */
  static String dataUri(byte @Nullable [] grey) {
    if (grey == null) {
      return "";
    }
    int side = side(grey);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, side, side, grey);
    return dataUri(image);
  }

  /**
   * Returns a grey image below colours as a {@code data:} address of a PNG.
   *
   * @param grey unsigned bytes row by row, a square number of them
   * @param values orange where positive, blue where negative, the stronger the larger
   */
  static String overlay(byte[] grey, float[] values) {
    int side = side(grey);
    double largest = largest(values);
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < grey.length; i++) {
      int below = Byte.toUnsignedInt(grey[i]);
      Color above = values[i] > 0 ? FOR : AGAINST;
      double share = strength(values[i], largest);
      int red = mix(below, above.getRed(), share);
      int green = mix(below, above.getGreen(), share);
      int blue = mix(below, above.getBlue(), share);
      image.setRGB(i % side, i / side, red << 16 | green << 8 | blue);
    }
    return dataUri(image);
  }

  private static int side(byte[] grey) {
    return (int) Math.round(Math.sqrt(grey.length));
  }

  private static int mix(int below, int above, double share) {
    return (int) Math.round(below + share * (above - below));
  }

  /** Returns how strong a value's colour is, 0 to 1; weak ones stay visible. */
  static double strength(double value, double largest) {
    return largest == 0 ? 0 : Math.sqrt(Math.abs(value) / largest);
  }

  static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static String dataUri(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream encoded = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", encoded);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
