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
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Images per second against batch size, one line for each thing that was measured.
 *
 * <p>Rates are on a logarithmic scale where they differ by more than a factor of 200.
 */
public final class ThroughputChart {
  private static final PngFile.Size SIZE = new PngFile.Size(800, 460);

  private static final double WIDEST_EVEN_SCALE = 200;
  private static final double AIR = 1.4;

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

  private static ValueAxis rates(List<ThroughputSeries> series, XyTheme theme) {
    String label = "images per second";
    ValueAxis axis =
        isLogarithmic(series)
            ? logarithmic(label, rateRange(series))
            : theme.axis(label, rateRange(series));
    DecimalFormat format =
        new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
    if (axis instanceof LogAxis log) {
      log.setNumberFormatOverride(format);
    } else if (axis instanceof NumberAxis linear) {
      linear.setNumberFormatOverride(format);
    }
    return axis;
  }

  private static LogAxis logarithmic(String label, AxisRange range) {
    LogAxis axis = new LogAxis(label);
    axis.setTickUnit(new NumberTickUnit(1)); // every power of ten
    axis.setMinorTickMarksVisible(false);
    axis.setRange(range.low(), range.high());
    return axis;
  }

  /** A line that is a small part of another's height could not be read on even scales. */
  static boolean isLogarithmic(List<ThroughputSeries> series) {
    double smallest = rates(series).min().orElse(1);
    return smallest > 0 && rates(series).max().orElse(1) / smallest > WIDEST_EVEN_SCALE;
  }

  /** From zero, or on a logarithmic scale from below the smallest rate, to above the largest. */
  static AxisRange rateRange(List<ThroughputSeries> series) {
    double largest = rates(series).max().orElse(1);
    return isLogarithmic(series)
        ? new AxisRange(rates(series).min().orElse(1) / AIR, largest * AIR)
        : new AxisRange(0, Math.max(1, 1.08 * largest));
  }

  private static DoubleStream rates(List<ThroughputSeries> series) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(ThroughputSeries.Point::imagesPerSecond);
  }
}
