package org.virusmnist.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * {@code trials.png}: the scores of a search in the order they came, with the best so far, and
 * against every option that was searched over.
 */
public final class TrialsChart {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;
  private static final int COLUMNS = 2;
  private static final double AIR = 1.3;
  private static final AxisRange ANY =
      new AxisRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private TrialsChart() {}

  /**
   * Draws the trials.
   *
   * @param png path of the file
   * @param plot the trials
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path png, TrialsPlot plot, ChartStyle style) throws IOException {
    List<JFreeChart> panels = new ArrayList<>();
    panels.add(history(plot, style));
    plot.axes().forEach(axis -> panels.add(slice(plot, axis, style)));
    int columns = Math.min(COLUMNS, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    PngFile.Size size = new PngFile.Size(columns * WIDTH, rows * HEIGHT);
    PngFile.write(png, size, style, graphics -> draw(graphics, panels, columns));
  }

  private static void draw(Graphics2D graphics, List<JFreeChart> panels, int columns) {
    for (int i = 0; i < panels.size(); i++) {
      int x = WIDTH * (i % columns);
      int y = HEIGHT * (i / columns);
      panels.get(i).draw(graphics, new Rectangle2D.Double(x, y, WIDTH, HEIGHT));
    }
  }

  private static JFreeChart history(TrialsPlot plot, ChartStyle style) {
    XyTheme theme = new XyTheme(style);
    XYSeriesCollection values = byGroup(plot, order(plot.points().size()));
    int best = values.getSeriesCount();
    values.addSeries(bestSoFar(plot));
    XYLineAndShapeRenderer renderer = points(best + 1, theme);
    renderer.setSeriesLinesVisible(best, true);
    renderer.setSeriesShapesVisible(best, false);
    NumberAxis x = theme.axis("in the order they ran", AxisRange.ofEpochs(1, order(plot)));
    x.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    JFreeChart chart = chart("Trials", values, x, renderer, plot, theme);
    theme.addLegend(chart);
    return chart;
  }

  private static int order(TrialsPlot plot) {
    return plot.points().size();
  }

  private static List<Double> order(int count) {
    List<Double> order = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      order.add((double) i);
    }
    return order;
  }

  /** The best score of the round that runs: another round's epochs make it another measure. */
  static XYSeries bestSoFar(TrialsPlot plot) {
    XYSeries series = new XYSeries("best of its round so far");
    String group = "";
    double best = Double.NaN;
    for (int i = 0; i < plot.points().size(); i++) {
      TrialsPlot.Point point = plot.points().get(i);
      double score = point.score();
      boolean isBetter = plot.isHigherBetter() ? score > best : score < best;
      boolean isNewRound = i > 0 && !point.group().equals(group);
      if (isNewRound) {
        series.add(i + 0.5, Double.NaN); // a gap
      }
      best = i == 0 || isNewRound || isBetter ? score : best;
      group = point.group();
      series.add(i + 1, best);
    }
    return series;
  }

  private static JFreeChart slice(TrialsPlot plot, TrialsPlot.Axis axis, ChartStyle style) {
    XyTheme theme = new XyTheme(style);
    XYSeriesCollection values = byGroup(plot, axis.values());
    XYLineAndShapeRenderer renderer = points(values.getSeriesCount(), theme);
    return chart(axis.name(), values, domain(axis, theme), renderer, plot, theme);
  }

  private static XYSeriesCollection byGroup(TrialsPlot plot, List<Double> x) {
    XYSeriesCollection values = new XYSeriesCollection();
    for (String group : plot.groups()) {
      XYSeries series = new XYSeries(group.isEmpty() ? "trial" : group, false, true);
      for (int i = 0; i < x.size(); i++) {
        if (plot.points().get(i).group().equals(group)) {
          series.add(x.get(i), (Double) plot.points().get(i).score());
        }
      }
      values.addSeries(series);
    }
    return values;
  }

  private static XYLineAndShapeRenderer points(int series, XyTheme theme) {
    XYLineAndShapeRenderer renderer = theme.lines(series, true);
    renderer.setDrawSeriesLineAsPath(false);
    for (int i = 0; i < series; i++) {
      renderer.setSeriesLinesVisible(i, false);
    }
    return renderer;
  }

  private static JFreeChart chart(
      String title,
      XYSeriesCollection values,
      ValueAxis x,
      XYLineAndShapeRenderer renderer,
      TrialsPlot plot,
      XyTheme theme) {
    AxisRange scores =
        AxisRange.of(plot.points().stream().mapToDouble(TrialsPlot.Point::score), ANY);
    XYPlot xy = new XYPlot(values, x, theme.axis(plot.scoreName(), scores), renderer);
    theme.apply(xy);
    return theme.chart(title, xy);
  }

  private static ValueAxis domain(TrialsPlot.Axis axis, XyTheme theme) {
    if (!axis.categories().isEmpty()) {
      SymbolAxis symbols = new SymbolAxis(null, axis.categories().toArray(String[]::new));
      symbols.setRange(-0.5, axis.categories().size() - 0.5);
      symbols.setGridBandsVisible(false);
      return symbols;
    }
    double low = axis.values().stream().mapToDouble(value -> value).min().orElse(0);
    double high = axis.values().stream().mapToDouble(value -> value).max().orElse(1);
    if (!axis.isLog()) {
      return theme.axis("", AxisRange.of(axis.values().stream().mapToDouble(v -> v), ANY));
    }
    LogAxis log = new LogAxis("");
    log.setTickUnit(new NumberTickUnit(1)); // every power of ten
    log.setMinorTickMarksVisible(true);
    log.setNumberFormatOverride(
        new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    log.setRange(low / AIR, high * AIR);
    return log;
  }
}
