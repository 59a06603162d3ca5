package org.virusmnist.chart;

import java.io.IOException;
import java.nio.file.Path;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.CoveragePoint;

/** What is left, and how right it is, when predictions below a threshold are called "unsure". */
public final class CoverageChart {
  private static final PngFile.Size SIZE = new PngFile.Size(720, 460);

  private CoverageChart() {}

  /**
   * Draws accuracy and coverage against the threshold.
   *
   * @param png path of the file
   * @param curve at least one point
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no point
   */
  public static void write(Path png, CoverageCurve curve, ChartStyle style) throws IOException {
    if (curve.points().isEmpty()) {
      throw new IllegalArgumentException("coverage curve has no points to draw");
    }
    XyTheme theme = new XyTheme(style);
    XYPlot plot =
        new XYPlot(
            values(curve),
            theme.axis(threshold(curve), new AxisRange(0, 100)),
            theme.axis("share (%)", new AxisRange(0, 102)),
            theme.lines(2, false));
    theme.apply(plot);
    JFreeChart chart = theme.chart("Accuracy and coverage", plot);
    theme.addLegend(chart);
    PngFile.write(png, SIZE, style, chart);
  }

  static String threshold(CoverageCurve curve) {
    return "smallest %s that counts as sure (%%)"
        .formatted(
            curve.isCalibrated() ? "calibrated probability" : "probability, not calibrated,");
  }

  static XYSeriesCollection values(CoverageCurve curve) {
    XYSeries accuracy = new XYSeries("rows at least that sure: share right");
    XYSeries coverage = new XYSeries("rows at least that sure: share of all rows");
    for (CoveragePoint point : curve.points()) {
      accuracy.add(100 * point.threshold(), 100 * point.accuracy());
      coverage.add(100 * point.threshold(), 100 * point.coverage());
    }
    XYSeriesCollection values = new XYSeriesCollection(accuracy);
    values.addSeries(coverage);
    return values;
  }
}
