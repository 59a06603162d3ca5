package org.virusmnist.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/**
 * Text that fits a width: smaller where it must be, and shortened in the middle where the smallest
 * readable size is still too wide.
 *
 * @param text what to draw
 * @param font in which size
 */
record FittedText(String text, Font font) {
  private static final float SMALLEST = 7;
  private static final float STEP = 0.25f;
  private static final FontRenderContext ANYWHERE = new FontRenderContext(null, true, true);

  /** Fits text without a picture at hand. */
  static FittedText of(String text, Font font, double width) {
    return of(text, font, width, ANYWHERE);
  }

  static FittedText of(String text, Font font, double width, Graphics2D graphics) {
    return of(text, font, width, graphics.getFontRenderContext());
  }

  private static FittedText of(String text, Font font, double width, FontRenderContext context) {
    Font fitting = font;
    while (width(text, fitting, context) > width && fitting.getSize2D() > SMALLEST) {
      fitting = fitting.deriveFont(fitting.getSize2D() - STEP);
    }
    String shown = text;
    for (int kept = text.length() - 1; width(shown, fitting, context) > width && kept > 0; kept--) {
      shown = text.substring(0, (kept + 1) / 2) + "…" + text.substring(text.length() - kept / 2);
    }
    return new FittedText(shown, fitting);
  }

  void draw(Graphics2D graphics, float left, float baseline) {
    graphics.setFont(font);
    graphics.drawString(text, left, baseline);
  }

  void drawCentred(Graphics2D graphics, float centre, float baseline) {
    float width = (float) width(text, font, graphics.getFontRenderContext());
    draw(graphics, centre - width / 2, baseline);
  }

  /** Width in points, without a picture at hand. */
  static double width(String text, Font font) {
    return width(text, font, ANYWHERE);
  }

  private static double width(String text, Font font, FontRenderContext context) {
    return font.getStringBounds(text, context).getWidth();
  }
}
