package org.virusmnist.chart;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
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
  private static final int LEAST_WIDTH = 5 * CELL;
  private static final int LINE = 14;
  private static final int BESIDE = 150;
  private static final int AROUND = 96;
  private static final float CELL_TEXT = 11;
  private static final double BLOCK = 0.985;

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
    PngFile.requireFont(style); // the layout below measures text
    PngFile.Size size = size(classNames, style);
    JFreeChart chart = chart(matrix, classNames, title, style);
    chart.addSubtitle(ColorBar.beside(chart, size, new HeatScale(style), style));
    PngFile.write(png, size, style, chart);
  }

  /** Cells of one size, and as much room as the names need. */
  static PngFile.Size size(List<String> names, ChartStyle style) {
    int cells = Math.max(LEAST_WIDTH, CELL * names.size());
    int name = (int) Math.ceil(longest(names, style));
    int below = isWide(names, style) ? name : LINE;
    return new PngFile.Size(cells + name + BESIDE, cells + below + AROUND);
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
    predicted.setVerticalTickLabels(isWide(classNames, style));
    SymbolAxis actual = axis("true class", classNames, theme);
    actual.setInverted(true);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new HeatScale(style));
    renderer.setBlockWidth(BLOCK);
    renderer.setBlockHeight(BLOCK);
    XYPlot plot = new XYPlot(shares(matrix), predicted, actual, renderer);
    theme.apply(plot);
    plot.setRangeGridlinesVisible(false);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setOutlineVisible(true);
    plot.setOutlinePaint(style.grid());
    addTexts(plot, matrix, style);
    return theme.chart(title, plot);
  }

  /** Whether a name is too wide to stand below its column. */
  static boolean isWide(List<String> names, ChartStyle style) {
    return longest(names, style) > column(names.size()) - 8;
  }

  private static double column(int classCount) {
    return Math.max(CELL, (double) LEAST_WIDTH / classCount);
  }

  private static double longest(List<String> names, ChartStyle style) {
    return names.stream()
        .mapToDouble(name -> FittedText.width(name, style.smallFont()))
        .max()
        .orElse(0);
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
    for (int t = 0; t < matrix.classCount(); t++) {
      for (int p = 0; p < matrix.classCount(); p++) {
        addText(plot, matrix, t, p, style);
      }
    }
  }

  private static void addText(XYPlot plot, ConfusionMatrix matrix, int t, int p, ChartStyle style) {
    Font countFont = style.labelFont().deriveFont(Font.BOLD, CELL_TEXT);
    Font shareFont = style.smallFont().deriveFont(CELL_TEXT - 2.5f);
    long count = matrix.count(t, p);
    double share = matrix.shareOfTrue(t, p);
    if (count == 0) {
      plot.addAnnotation(text("0", p, t, shareFont, style.muted()));
      return;
    }
    double point = 1 / column(matrix.classCount());
    Color ink = Contrast.textOn(style.heatColor(share));
    String number = String.format(Locale.ROOT, "%,d", count);
    Font fitting = FittedText.of(number, countFont, column(matrix.classCount()) - 6).font();
    plot.addAnnotation(text(number, p, t - 7 * point, fitting, ink));
    plot.addAnnotation(text(percent(100 * share), p, t + 10 * point, shareFont, ink));
  }

  private static XYTextAnnotation text(String text, double x, double y, Font font, Color color) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(font);
    annotation.setPaint(color);
    return annotation;
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
