package org.virusmnist.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ReliabilityBin;

/**
 * Reliability diagram: accuracy of the rows by confidence, with the diagonal on which both agree,
 * and below it how many rows there are of each confidence.
 */
public final class ReliabilityChart {
  private static final PngFile.Size SIZE = new PngFile.Size(640, 640);
  private static final int TICK = 20;

  private ReliabilityChart() {}

  /**
   * Draws the diagram.
   *
   * @param png path of the file
   * @param calibration bins with at least one row
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no row
   */
  public static void write(Path png, Calibration calibration, ChartStyle style) throws IOException {
    if (calibration.rows() == 0) {
      throw new IllegalArgumentException("calibration has no rows to draw");
    }
    XyTheme theme = new XyTheme(style);
    NumberAxis confidence =
        theme.axis(
            "confidence: probability of the predicted class, not calibrated (%)",
            new AxisRange(0, 100));
    theme.apply(confidence);
    confidence.setTickUnit(new NumberTickUnit(TICK));
    CombinedDomainXYPlot both = new CombinedDomainXYPlot(confidence);
    both.setGap(14);
    both.add(accuracy(calibration, theme, style), 3);
    both.add(rows(calibration, theme, style), 1);
    JFreeChart chart = theme.chart("Reliability", both);
    theme.addSubtitle(chart, subtitle(calibration));
    PngFile.write(png, SIZE, style, chart);
  }

  static String subtitle(Calibration calibration) {
    return String.format(
        Locale.ROOT,
        "expected calibration error %.2f %%; %d bins; %,d rows; dashed: confidence equals accuracy",
        100 * calibration.expectedError(),
        calibration.bins().size(),
        calibration.rows());
  }

  /** Bars over the width of their bins; bins without rows have none. */
  static XYIntervalSeriesCollection bars(Calibration calibration, boolean accuracy) {
    XYIntervalSeries series = new XYIntervalSeries(accuracy ? "accuracy" : "rows");
    for (ReliabilityBin bin : calibration.bins()) {
      double height = accuracy ? bin.accuracy() : (double) bin.rows() / calibration.rows();
      if (bin.rows() > 0) {
        double middle = 50 * (bin.lower() + bin.upper());
        series.add(middle, 100 * bin.lower(), 100 * bin.upper(), 100 * height, 0, 100 * height);
      }
    }
    XYIntervalSeriesCollection bars = new XYIntervalSeriesCollection();
    bars.addSeries(series);
    return bars;
  }

  private static XYPlot accuracy(Calibration calibration, XyTheme theme, ChartStyle style) {
    XYPlot plot = barPlot(bars(calibration, true), style.seriesColor(0));
    NumberAxis accuracy = theme.axis("accuracy (%)", new AxisRange(0, 100));
    accuracy.setTickUnit(new NumberTickUnit(TICK));
    plot.setRangeAxis(accuracy);
    plot.addAnnotation(new XYLineAnnotation(0, 0, 100, 100, style.guideStroke(), style.ink()));
    theme.apply(plot);
    return plot;
  }

  private static XYPlot rows(Calibration calibration, XyTheme theme, ChartStyle style) {
    XYIntervalSeriesCollection bars = bars(calibration, false);
    double tallest = 0;
    for (int i = 0; i < bars.getItemCount(0); i++) {
      tallest = Math.max(tallest, bars.getYValue(0, i));
    }
    XYPlot plot = barPlot(bars, style.muted());
    plot.setRangeAxis(theme.axis("rows (%)", new AxisRange(0, 1.08 * tallest)));
    theme.apply(plot);
    return plot;
  }

  private static XYPlot barPlot(XYIntervalSeriesCollection bars, Color color) {
    XYBarRenderer renderer = new XYBarRenderer(0.06);
    renderer.setUseYInterval(true);
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setSeriesPaint(0, color);
    renderer.setDrawBarOutline(false);
    return new XYPlot(bars, null, null, renderer);
  }
}
