package org.virusmnist.chart;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;
import org.virusmnist.metrics.ConfusionMatrix;

/**
 * {@code confusion_matrix.png}: a heat map with the true classes as rows, class 0 at the top, and
 * the predicted classes as columns.
 *
 * <p>Each cell has its count and, where that is not 0, its share of the row: of all rows of that
 * true class. The colour is the share, so that rare classes are as visible as frequent ones.
 */
public final class ConfusionMatrixChart {
  private static final int CELL = 54;
  private static final int CELL_TEXT = 11;

  private ConfusionMatrixChart() {}

  /**
   * Draws the matrix.
   *
   * @param png path of the file
   * @param matrix counts, rows true, columns predicted
   * @param classNames one name per class, class 0 first
   * @param title line above, for instance data set and accuracy
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is not one name per class
   */
  public static void write(
      Path png, ConfusionMatrix matrix, List<String> classNames, String title, ChartStyle style)
      throws IOException {
    if (classNames.size() != matrix.classCount()) {
      throw new IllegalArgumentException(
          classNames.size() + " class names for " + matrix.classCount() + " classes");
    }
    JFreeChart chart = chart(matrix, classNames, title, style);
    PngFile.write(png, size(matrix.classCount()), style, chart);
  }

  static PngFile.Size size(int classCount) {
    int cells = CELL * Math.max(5, classCount);
    return new PngFile.Size(cells + 300, cells + 240);
  }

  /** x is the predicted class, y the true class, z the share of the true class in percent. */
  static DefaultXYZDataset shares(ConfusionMatrix matrix) {
    int classCount = matrix.classCount();
    double[][] xyz = new double[3][classCount * classCount];
    for (int t = 0; t < classCount; t++) {
      for (int p = 0; p < classCount; p++) {
        int cell = t * classCount + p;
        xyz[0][cell] = p;
        xyz[1][cell] = t;
        xyz[2][cell] = 100 * matrix.shareOfTrue(t, p);
      }
    }
    DefaultXYZDataset dataset = new DefaultXYZDataset();
    dataset.addSeries("share of the true class", xyz);
    return dataset;
  }

  /** Second line of a cell: one decimal, none where all or nearly all of the row is meant. */
  static String percent(double percent) {
    String format = percent >= 99.95 || percent == 0 ? "%.0f %%" : "%.1f %%";
    return String.format(Locale.ROOT, format, percent);
  }

  private static JFreeChart chart(
      ConfusionMatrix matrix, List<String> classNames, String title, ChartStyle style) {
    XyTheme theme = new XyTheme(style);
    SymbolAxis predicted = axis("predicted class", classNames, theme);
    predicted.setVerticalTickLabels(true);
    SymbolAxis actual = axis("true class", classNames, theme);
    actual.setInverted(true);
    XYBlockRenderer renderer = new XYBlockRenderer();
    PaintScale scale = new HeatScale(style);
    renderer.setPaintScale(scale);
    XYPlot plot = new XYPlot(shares(matrix), predicted, actual, renderer);
    theme.apply(plot);
    plot.setRangeGridlinesVisible(false);
    addTexts(plot, matrix, style);
    JFreeChart chart = theme.chart(title, plot);
    chart.addSubtitle(colorBar(scale, style, theme));
    return chart;
  }

  private static SymbolAxis axis(String label, List<String> names, XyTheme theme) {
    SymbolAxis axis = new SymbolAxis(label, names.toArray(String[]::new));
    axis.setRange(-0.5, names.size() - 0.5);
    axis.setGridBandsVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    theme.apply(axis);
    return axis;
  }

  private static void addTexts(XYPlot plot, ConfusionMatrix matrix, ChartStyle style) {
    Font countFont = style.labelFont().deriveFont(Font.BOLD, CELL_TEXT);
    Font shareFont = style.smallFont().deriveFont(CELL_TEXT - 2.5f);
    for (int t = 0; t < matrix.classCount(); t++) {
      for (int p = 0; p < matrix.classCount(); p++) {
        long count = matrix.count(t, p);
        double share = matrix.shareOfTrue(t, p);
        Color ink = Contrast.textOn(style.heatColor(share));
        if (count == 0) {
          plot.addAnnotation(text("0", p, t, shareFont, style.muted()));
        } else {
          String number = String.format(Locale.ROOT, "%,d", count);
          plot.addAnnotation(text(number, p, t - 0.12, countFont, ink));
          plot.addAnnotation(text(percent(100 * share), p, t + 0.2, shareFont, ink));
        }
      }
    }
  }

  private static XYTextAnnotation text(String text, double x, double y, Font font, Color color) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(font);
    annotation.setPaint(color);
    return annotation;
  }

  private static PaintScaleLegend colorBar(PaintScale scale, ChartStyle style, XyTheme theme) {
    NumberAxis axis = new NumberAxis("share of the true class (%)");
    theme.apply(axis);
    axis.setAxisLineVisible(false);
    PaintScaleLegend bar = new PaintScaleLegend(scale, axis);
    bar.setPosition(RectangleEdge.RIGHT);
    bar.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    bar.setStripWidth(14);
    bar.setSubdivisionCount(200);
    bar.setStripOutlineVisible(false);
    bar.setBackgroundPaint(style.background());
    bar.setMargin(new RectangleInsets(8, 16, 120, 4));
    return bar;
  }

  /** Percent to colour. */
  private record HeatScale(ChartStyle style) implements PaintScale {
    @Override
    public double getLowerBound() {
      return 0;
    }

    @Override
    public double getUpperBound() {
      return 100;
    }

    @Override
    public Color getPaint(double percent) {
      return style.heatColor(percent / 100);
    }
  }
}
