package org.virusmnist.chart;

import java.awt.Color;

/** Which of black and white can be read on a colour. */
final class Contrast {
  /**
   * Luminance up to which white has a contrast of 3:1, which WCAG 2.2 asks of bold text: 1.05 / 3 −
   * 0.05. On middle tones white is then preferred, which reads better than the ratio says.
   */
  private static final double LIMIT = 0.3;

  private Contrast() {}

  /** Returns white where it can be read, else near-black. */
  static Color textOn(Color background) {
    return luminance(background) > LIMIT ? new Color(0x111111) : Color.WHITE;
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
