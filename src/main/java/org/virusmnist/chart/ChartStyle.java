package org.virusmnist.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.util.List;

/**
 * Every colour, font and line of the charts.
 *
 * <p>Series colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with
 * any of the common colour blindnesses tell apart; series differ in dash as well. Sizes are in
 * points of a chart that is drawn {@code scale} pixels to the point.
 *
 * @param background behind everything
 * @param ink titles and labels
 * @param muted tick labels, axis lines, second lines of captions
 * @param grid grid lines
 * @param series colours of series, most important first
 * @param heat colours of a heat map from 0 to 1, at even distances, at least two
 * @param fontFamily a family name that Java knows
 * @param scale pixels to the point
 */
public record ChartStyle(
    Color background,
    Color ink,
    Color muted,
    Color grid,
    List<Color> series,
    List<Color> heat,
    String fontFamily,
    int scale) {
  private static final int LARGE = 13;
  private static final int MEDIUM = 11;
  private static final int SMALL = 10;

  /**
   * Copies the lists and checks them.
   *
   * @throws IllegalArgumentException without a series colour, two heat colours and a positive scale
   */
  public ChartStyle {
    series = List.copyOf(series);
    heat = List.copyOf(heat);
    if (series.isEmpty() || heat.size() < 2 || scale < 1) {
      throw new IllegalArgumentException(
          "%d series colours, %d heat colours and scale %d, expected at least 1, 2 and 1"
              .formatted(series.size(), heat.size(), scale));
    }
  }

  /** Dark on white, for paper and light pages. */
  public static ChartStyle light() {
    return new ChartStyle(
        Color.WHITE,
        new Color(0x1A1A1A),
        new Color(0x5A5A5A),
        new Color(0xE4E4E4),
        List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9)),
        List.of(
            new Color(0xFFFFFF),
            new Color(0xCFE4F2),
            new Color(0x86BBDD),
            new Color(0x2F87BE),
            new Color(0x0A4F86),
            new Color(0x062B4F)),
        Font.SANS_SERIF,
        2);
  }

  /** Light on near-black, for dark pages. */
  public static ChartStyle dark() {
    return new ChartStyle(
        new Color(0x16181C),
        new Color(0xF0F0F0),
        new Color(0xB0B4BA),
        new Color(0x33373D),
        List.of(
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x2CC79A),
            new Color(0xE29AC2),
            new Color(0xF0E442),
            new Color(0xF07C3A)),
        List.of(
            new Color(0x1C2026),
            new Color(0x123A5A),
            new Color(0x0F5F93),
            new Color(0x3A93C8),
            new Color(0x8CC6E8),
            new Color(0xE2F2FB)),
        Font.SANS_SERIF,
        2);
  }

  /** Font of titles. */
  Font titleFont() {
    return new Font(fontFamily, Font.BOLD, LARGE);
  }

  /** Font of axis labels and legends. */
  Font labelFont() {
    return new Font(fontFamily, Font.PLAIN, MEDIUM);
  }

  /** Font of tick labels and captions. */
  Font smallFont() {
    return new Font(fontFamily, Font.PLAIN, SMALL);
  }

  /** Colour of series {@code i}; after the last the first comes again. */
  Color seriesColor(int i) {
    return series.get(i % series.size());
  }

  /** Line of a series: solid, or dashed for every second one. */
  Stroke seriesStroke(int i) {
    return i % 2 == 0 ? solid(2.2f) : dashed(2.2f);
  }

  /** Line that is only a guide. */
  Stroke guideStroke() {
    return dashed(1.2f);
  }

  /** Grid line. */
  Stroke gridStroke() {
    return solid(0.8f);
  }

  /**
   * Colour of a heat map.
   *
   * @param share from 0 to 1; what lies outside is taken for the nearer end
   */
  Color heatColor(double share) {
    double position = Math.max(0, Math.min(1, share)) * (heat.size() - 1);
    int below = Math.min((int) position, heat.size() - 2);
    return mix(heat.get(below), heat.get(below + 1), position - below);
  }

  private static Color mix(Color from, Color to, double share) {
    return new Color(
        mix(from.getRed(), to.getRed(), share),
        mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }

  private static Stroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static Stroke dashed(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 3.5f}, 0);
  }
}
