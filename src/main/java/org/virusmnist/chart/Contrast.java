package org.virusmnist.chart;

import java.awt.Color;

/** Which of black and white can be read on a colour. */
final class Contrast {
  /** Luminance at which black and white contrast alike: √(1.05 · 0.05) − 0.05. */
  private static final double MIDDLE = 0.179;

  private Contrast() {}

  /** Returns near-black on light colours, white on dark ones. */
  static Color textOn(Color background) {
    return luminance(background) > MIDDLE ? new Color(0x111111) : Color.WHITE;
  }

  /** Relative luminance from 0 to 1 (WCAG 2.2). */
  static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
