package org.virusmnist.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;

/**
 * {@code curves.png}: loss and accuracy of a run by epoch, side by side.
 *
 * <p>Training is solid, validation dashed; a ring marks the best validation value. Epochs are
 * counted from 0.
 */
public final class CurvesChart {
  private static final PngFile.Size SIZE = new PngFile.Size(960, 400);
  private static final int MOST_DOTS = 40;
  private static final AxisRange LOSS_LIMITS = new AxisRange(0, Double.POSITIVE_INFINITY);
  private static final AxisRange PERCENT_LIMITS = new AxisRange(0, 100);

  private CurvesChart() {}

  /**
   * Draws the curves.
   *
   * @param png path of the file
   * @param history at least one epoch
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no epoch
   */
  public static void write(Path png, History history, ChartStyle style) throws IOException {
    if (history.size() == 0) {
      throw new IllegalArgumentException("history has no epochs to draw");
    }
    JFreeChart loss = loss(history, style);
    JFreeChart accuracy = accuracy(history, style);
    PngFile.write(png, SIZE, style, graphics -> drawSideBySide(graphics, loss, accuracy));
  }

  private static JFreeChart loss(History history, ChartStyle style) {
    XYSeriesCollection values =
        values(history, Epoch::loss, Epoch::valLoss, history.bestByValLoss(), "lowest %.4f");
    return panel("Loss", "cross-entropy (nats)", values, LOSS_LIMITS, style);
  }

  private static JFreeChart accuracy(History history, ChartStyle style) {
    XYSeriesCollection values =
        values(
            history,
            epoch -> 100 * epoch.accuracy(),
            epoch -> 100 * epoch.valAccuracy(),
            history.bestByValAccuracy(),
            "highest %.2f %%");
    return panel("Accuracy", "rows predicted right (%)", values, PERCENT_LIMITS, style);
  }

  /** Series "training", and where there was validation "validation" and its best value. */
  static XYSeriesCollection values(
      History history,
      ToDoubleFunction<Epoch> training,
      ToDoubleFunction<Epoch> validation,
      Optional<Epoch> best,
      String bestFormat) {
    XYSeriesCollection values = new XYSeriesCollection();
    values.addSeries(series("training", history, training));
    best.ifPresent(
        epoch -> {
          values.addSeries(series("validation", history, validation));
          double value = validation.applyAsDouble(epoch);
          String name = String.format(Locale.ROOT, bestFormat, value) + ", epoch " + epoch.epoch();
          XYSeries ring = new XYSeries(name);
          ring.add(epoch.epoch(), value);
          values.addSeries(ring);
        });
    return values;
  }

  private static XYSeries series(String name, History history, ToDoubleFunction<Epoch> value) {
    XYSeries series = new XYSeries(name);
    for (Epoch epoch : history.epochs()) {
      double y = value.applyAsDouble(epoch);
      series.add(epoch.epoch(), Double.isFinite(y) ? y : Double.NaN);
    }
    return series;
  }

  private static JFreeChart panel(
      String title, String yLabel, XYSeriesCollection values, AxisRange limits, ChartStyle style) {
    XyTheme theme = new XyTheme(style);
    XYSeries training = values.getSeries(0);
    NumberAxis x = theme.axis("epoch", epochs(training));
    x.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    NumberAxis y = theme.axis(yLabel, AxisRange.of(allValues(values), limits));
    boolean dots = training.getItemCount() <= MOST_DOTS;
    XYLineAndShapeRenderer renderer = theme.lines(values.getSeriesCount(), dots);
    if (values.getSeriesCount() > 2) {
      theme.ring(renderer, 2, style.seriesColor(1));
    }
    XYPlot plot = new XYPlot(values, x, y, renderer);
    theme.apply(plot);
    JFreeChart chart = theme.chart(title, plot);
    theme.addLegend(chart);
    return chart;
  }

  private static AxisRange epochs(XYSeries series) {
    return AxisRange.ofEpochs((int) series.getMinX(), (int) series.getMaxX());
  }

  private static DoubleStream allValues(XYSeriesCollection values) {
    DoubleStream all = DoubleStream.empty();
    for (int s = 0; s < values.getSeriesCount(); s++) {
      XYSeries series = values.getSeries(s);
      all = DoubleStream.concat(all, DoubleStream.of(series.toArray()[1]));
    }
    return all;
  }

  private static void drawSideBySide(Graphics2D graphics, JFreeChart left, JFreeChart right) {
    double half = SIZE.width() / 2.0;
    left.draw(graphics, new Rectangle2D.Double(0, 0, half, SIZE.height()));
    right.draw(graphics, new Rectangle2D.Double(half, 0, half, SIZE.height()));
  }
}
