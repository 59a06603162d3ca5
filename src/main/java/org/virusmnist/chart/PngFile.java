package org.virusmnist.chart;

import static java.awt.RenderingHints.KEY_ANTIALIASING;
import static java.awt.RenderingHints.KEY_FRACTIONALMETRICS;
import static java.awt.RenderingHints.KEY_INTERPOLATION;
import static java.awt.RenderingHints.KEY_STROKE_CONTROL;
import static java.awt.RenderingHints.KEY_TEXT_ANTIALIASING;
import static java.awt.RenderingHints.VALUE_ANTIALIAS_ON;
import static java.awt.RenderingHints.VALUE_FRACTIONALMETRICS_ON;
import static java.awt.RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR;
import static java.awt.RenderingHints.VALUE_STROKE_PURE;
import static java.awt.RenderingHints.VALUE_TEXT_ANTIALIAS_ON;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.JFreeChart;
import org.virusmnist.storage.AtomicFile;

/** A picture drawn in points and written as PNG. Needs no display. */
final class PngFile {
  private PngFile() {}

  /**
   * Draws a picture and writes it whole, or leaves the file as it was.
   *
   * @param file path of the PNG file
   * @param size width and height in points
   * @param style gives the background and the pixels to the point
   * @param drawing draws in points
   * @throws IOException if it cannot be written, or this machine has no font to draw with
   */
  static void write(Path file, Size size, ChartStyle style, Consumer<Graphics2D> drawing)
      throws IOException {
    requireFont(style);
    BufferedImage image = draw(size, style, drawing);
    AtomicFile.write(file, out -> encode(image, out));
  }

  /** In memory: by default ImageIO goes through another temporary file. */
  private static void encode(BufferedImage image, OutputStream out) throws IOException {
    try (ImageOutputStream encoded = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", encoded);
    }
  }

  /** Draws a chart over the whole picture and writes it, as above. */
  static void write(Path file, Size size, ChartStyle style, JFreeChart chart) throws IOException {
    Rectangle2D area = new Rectangle2D.Double(0, 0, size.width(), size.height());
    write(file, size, style, graphics -> chart.draw(graphics, area));
  }

  /**
   * Refuses to go on where there is no fontconfig or no font: Java fails there in several ways,
   * none of them readable.
   *
   * @throws IOException that says what to install
   */
  static void requireFont(ChartStyle style) throws IOException {
    try {
      BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.getFontMetrics(style.labelFont()).stringWidth("0");
      graphics.dispose();
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new IOException(
          "charts need a font and this machine has none ("
              + e
              + "). Install fontconfig and a"
              + " TrueType font, on Debian: apt-get install fontconfig fonts-dejavu-core",
          e);
    }
  }

  private static BufferedImage draw(Size size, ChartStyle style, Consumer<Graphics2D> drawing) {
    int width = size.width() * style.scale();
    int height = size.height() * style.scale();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(style.background());
      graphics.fillRect(0, 0, width, height);
      graphics.scale(style.scale(), style.scale());
      setHints(graphics);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void setHints(Graphics2D graphics) {
    graphics.setRenderingHint(KEY_ANTIALIASING, VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(KEY_TEXT_ANTIALIASING, VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(KEY_FRACTIONALMETRICS, VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(KEY_STROKE_CONTROL, VALUE_STROKE_PURE);
    graphics.setRenderingHint(KEY_INTERPOLATION, VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
  }

  /** Width and height in points. */
  record Size(int width, int height) {}
}
