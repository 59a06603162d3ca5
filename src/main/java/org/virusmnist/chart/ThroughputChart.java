package org.virusmnist.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Images per second against batch size, one line for each thing that was measured. */
public final class ThroughputChart {
  private static final PngFile.Size SIZE = new PngFile.Size(800, 460);

  private ThroughputChart() {}

  /**
   * Draws the lines.
   *
   * @param png path of the file
   * @param title line above, for instance the device
   * @param series at least one series with a point
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no point
   */
  public static void write(Path png, String title, List<ThroughputSeries> series, ChartStyle style)
      throws IOException {
    if (series.stream().allMatch(each -> each.points().isEmpty())) {
      throw new IllegalArgumentException("no measurements to draw");
    }
    XyTheme theme = new XyTheme(style);
    XYPlot plot =
        new XYPlot(
            values(series),
            batchSizes(series),
            rates(series, theme),
            theme.lines(series.size(), true));
    theme.apply(plot);
    JFreeChart chart = theme.chart(title, plot);
    theme.addLegend(chart);
    PngFile.write(png, SIZE, style, chart);
  }

  private static XYSeriesCollection values(List<ThroughputSeries> series) {
    XYSeriesCollection values = new XYSeriesCollection();
    for (ThroughputSeries each : series) {
      XYSeries line = new XYSeries(each.name());
      each.points().forEach(point -> line.add(point.batchSize(), point.imagesPerSecond()));
      values.addSeries(line);
    }
    return values;
  }

  private static LogAxis batchSizes(List<ThroughputSeries> series) {
    LogAxis axis = new LogAxis("batch size (images)");
    axis.setBase(2);
    axis.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setTickUnit(new NumberTickUnit(1)); // every doubling
    axis.setMinorTickMarksVisible(false);
    AxisRange range = batchRange(series);
    axis.setRange(range.low(), range.high());
    return axis;
  }

  /** From below the smallest batch to above the largest: a fifth of a doubling. */
  static AxisRange batchRange(List<ThroughputSeries> series) {
    double air = Math.pow(2, 0.2);
    double smallest = batches(series).min().orElse(1);
    double largest = batches(series).max().orElse(1);
    return new AxisRange(smallest / air, largest * air);
  }

  private static DoubleStream batches(List<ThroughputSeries> series) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(ThroughputSeries.Point::batchSize);
  }

  private static NumberAxis rates(List<ThroughputSeries> series, XyTheme theme) {
    double largest =
        series.stream()
            .flatMap(each -> each.points().stream())
            .mapToDouble(ThroughputSeries.Point::imagesPerSecond)
            .max()
            .orElse(1);
    NumberAxis axis =
        theme.axis("images per second", new AxisRange(0, Math.max(1, 1.08 * largest)));
    axis.setNumberFormatOverride(
        new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    return axis;
  }
}
