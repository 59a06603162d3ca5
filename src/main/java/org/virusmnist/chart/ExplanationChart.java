package org.virusmnist.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code explanations/row-N.png}: an image, what drove the decision drawn over it in two ways, its
 * bytes in hex, and the most important ones by name.
 *
 * <p>Bytes that speak for the class are orange, those against it blue, stronger where they matter
 * more; the strongest of each picture is opaque.
 */
public final class ExplanationChart {
  private static final int SIDE = ExplanationPicture.SIDE;
  private static final int MARGIN = 20;
  private static final int PIXEL = 9;
  private static final int IMAGE = SIDE * PIXEL;
  private static final int GAP = 24;
  private static final int IMAGES_TOP = 78;
  private static final int HEX_TOP = IMAGES_TOP + IMAGE + 44;
  private static final int HEX_CELL = 17;
  private static final int HEX_LINE = 13;
  private static final int HEX_LEFT = MARGIN + 34;
  private static final int TABLE_LEFT = HEX_LEFT + SIDE * HEX_CELL + 26;
  private static final int TABLE_LINE = 18;
  private static final int WIDTH = TABLE_LEFT + 330 + MARGIN;
  private static final int HEIGHT = HEX_TOP + SIDE * HEX_LINE + MARGIN;

  private final ExplanationPicture picture;
  private final ChartStyle style;

  private ExplanationChart(ExplanationPicture picture, ChartStyle style) {
    this.picture = picture;
    this.style = style;
  }

  /**
   * Draws the picture.
   *
   * @param png path of the file
   * @param picture what to draw
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path png, ExplanationPicture picture, ChartStyle style)
      throws IOException {
    ExplanationChart chart = new ExplanationChart(picture, style);
    PngFile.write(png, new PngFile.Size(WIDTH, HEIGHT), style, chart::draw);
  }

  private void draw(Graphics2D graphics) {
    pen(graphics, style.titleFont(), style.ink());
    graphics.drawString(picture.title(), MARGIN, 30);
    pen(graphics, style.labelFont(), style.muted());
    graphics.drawString(picture.subtitle(), MARGIN, 48);
    drawImage(graphics, 0, "image");
    drawImage(graphics, 1, "integrated gradients");
    drawOverlay(graphics, 1, picture.attributions());
    drawImage(graphics, 2, "occlusion, one byte at a time");
    drawOverlay(graphics, 2, picture.occlusion());
    drawHex(graphics);
    drawTable(graphics);
  }

  private static int left(int image) {
    return MARGIN + image * (IMAGE + GAP);
  }

  private void drawImage(Graphics2D graphics, int image, String caption) {
    int left = left(image);
    pen(graphics, style.smallFont(), style.ink());
    graphics.drawString(caption, left, IMAGES_TOP - 7);
    graphics.drawImage(
        ImageTile.of(picture.grey(), List.of()).image(), left, IMAGES_TOP, IMAGE, IMAGE, null);
    graphics.setColor(style.muted());
    graphics.setStroke(style.gridStroke());
    graphics.drawRect(left, IMAGES_TOP, IMAGE, IMAGE);
  }

  private void drawOverlay(Graphics2D graphics, int image, float[] values) {
    float largest = largest(values);
    for (int i = 0; i < values.length; i++) {
      graphics.setColor(overlay(values[i], largest));
      graphics.fillRect(
          left(image) + i % SIDE * PIXEL, IMAGES_TOP + i / SIDE * PIXEL, PIXEL, PIXEL);
    }
  }

  private void drawHex(Graphics2D graphics) {
    pen(graphics, style.smallFont(), style.ink());
    graphics.drawString("bytes in hex, coloured by integrated gradients", MARGIN, HEX_TOP - 9);
    float largest = largest(picture.attributions());
    Font font = new Font(Font.MONOSPACED, Font.PLAIN, 9);
    for (int i = 0; i < picture.grey().length; i++) {
      int left = HEX_LEFT + i % SIDE * HEX_CELL;
      int top = HEX_TOP + i / SIDE * HEX_LINE;
      if (i % SIDE == 0) {
        pen(graphics, font, style.muted());
        graphics.drawString(hex(i, 3), MARGIN, top + 10);
      }
      graphics.setColor(overlay(picture.attributions()[i], largest));
      graphics.fillRect(left - 2, top, HEX_CELL, HEX_LINE);
      int value = Byte.toUnsignedInt(picture.grey()[i]);
      pen(graphics, font, value == 0 ? style.muted() : style.ink());
      graphics.drawString(hex(value, 2), left, top + 10);
    }
  }

  private void drawTable(Graphics2D graphics) {
    pen(graphics, style.smallFont().deriveFont(Font.BOLD), style.ink());
    graphics.drawString("the largest attributions", TABLE_LEFT, HEX_TOP - 9);
    int rows = picture.bytes().size();
    for (int i = 0; i < rows; i++) {
      drawRow(graphics, picture.bytes().get(i), HEX_TOP + (i + 1) * TABLE_LINE - 6);
    }
    pen(graphics, style.smallFont(), style.muted());
    graphics.drawString("orange speaks for the class, blue against it", TABLE_LEFT, HEX_TOP - 24);
  }

  private void drawRow(Graphics2D graphics, ImportantByte important, int baseline) {
    if (baseline > HEIGHT - MARGIN) {
      return;
    }
    Font mono = new Font(Font.MONOSPACED, Font.PLAIN, 10);
    graphics.setColor(overlay((float) important.attribution(), largest(picture.attributions())));
    graphics.fillRect(TABLE_LEFT, baseline - 10, 8, 12);
    String figures =
        String.format(
            Locale.ROOT,
            "%s = %s  %+7.3f",
            hex(important.offset(), 3),
            hex(important.value(), 2),
            important.attribution());
    pen(graphics, mono, style.ink());
    graphics.drawString(figures, TABLE_LEFT + 14, baseline);
    int fieldLeft = TABLE_LEFT + 132;
    FittedText field =
        FittedText.of(
            important.field(), style.smallFont(), WIDTH - MARGIN - (double) fieldLeft, graphics);
    pen(graphics, field.font(), style.muted());
    graphics.drawString(field.text(), fieldLeft, baseline);
  }

  /** The square root makes weak bytes visible beside the strongest. */
  private Color overlay(float value, float largest) {
    Color hue = style.seriesColor(value > 0 ? 1 : 0);
    double share = largest == 0 ? 0 : Math.abs(value) / largest;
    return new Color(hue.getRed(), hue.getGreen(), hue.getBlue(), (int) (255 * Math.sqrt(share)));
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static String hex(int value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "x", value);
  }

  private static void pen(Graphics2D graphics, Font font, Color color) {
    graphics.setFont(font);
    graphics.setColor(color);
  }
}
