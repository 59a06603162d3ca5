package org.virusmnist.chart;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Puts a style on what JFreeChart draws. */
final class XyTheme {
  private static final double POINT_SIZE = 5;

  private final ChartStyle style;

  XyTheme(ChartStyle style) {
    this.style = style;
  }

  /** A chart with a title and a legend below. */
  JFreeChart chart(String title, XYPlot plot) {
    JFreeChart chart = new JFreeChart(title, style.titleFont(), plot, false);
    chart.setBackgroundPaint(style.background());
    chart.setPadding(new RectangleInsets(10, 12, 8, 18));
    styleTitle(chart.getTitle());
    return chart;
  }

  /** A line below the title. */
  void addSubtitle(JFreeChart chart, String text) {
    TextTitle subtitle = new TextTitle(text, style.labelFont());
    styleTitle(subtitle);
    subtitle.setPaint(style.muted());
    chart.addSubtitle(subtitle);
  }

  /** A legend below the plot. */
  void addLegend(JFreeChart chart) {
    LegendTitle legend = new LegendTitle(chart.getPlot());
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(style.labelFont());
    legend.setItemPaint(style.ink());
    legend.setBackgroundPaint(style.background());
    legend.setFrame(BlockBorder.NONE);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
    chart.addLegend(legend);
  }

  /** Background, grid and axes of a plot. */
  void apply(XYPlot plot) {
    plot.setBackgroundPaint(style.background());
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(style.grid());
    plot.setRangeGridlineStroke(style.gridStroke());
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    apply(plot.getRangeAxis());
    plot.getRangeAxis().setTickLabelInsets(new RectangleInsets(9, 4, 9, 4)); // fewer ticks
    if (plot.getDomainAxis() != null) { // a subplot shares that of the whole
      apply(plot.getDomainAxis());
      plot.getDomainAxis().setTickLabelInsets(new RectangleInsets(2, 9, 2, 9));
    }
  }

  /** Fonts and colours of an axis. */
  void apply(ValueAxis axis) {
    axis.setLabelFont(style.labelFont());
    axis.setLabelPaint(style.ink());
    axis.setTickLabelFont(style.smallFont());
    axis.setTickLabelPaint(style.muted());
    axis.setAxisLinePaint(style.muted());
    axis.setTickMarkPaint(style.muted());
  }

  /** An axis with a label and a range. */
  NumberAxis axis(String label, AxisRange range) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setRange(range.low(), range.high());
    return axis;
  }

  /** Lines, with a dot at each value where these are few. */
  XYLineAndShapeRenderer lines(int seriesCount, boolean dots) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, dots);
    for (int i = 0; i < seriesCount; i++) {
      renderer.setSeriesPaint(i, style.seriesColor(i));
      renderer.setSeriesStroke(i, style.seriesStroke(i));
      renderer.setSeriesShape(i, dot(POINT_SIZE));
    }
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(new Line2D.Double(-14, 0, 14, 0));
    return renderer;
  }

  /** Makes a series a ring without a line. */
  void ring(XYLineAndShapeRenderer renderer, int series, Color color) {
    renderer.setSeriesLinesVisible(series, false);
    renderer.setSeriesShapesVisible(series, true);
    renderer.setSeriesShapesFilled(series, false);
    renderer.setSeriesShape(series, dot(2.4 * POINT_SIZE));
    renderer.setSeriesPaint(series, color);
    renderer.setSeriesOutlineStroke(series, style.seriesStroke(0));
  }

  private void styleTitle(TextTitle title) {
    title.setPaint(style.ink());
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPadding(2, 2, 4, 2);
  }

  private static Ellipse2D dot(double size) {
    return new Ellipse2D.Double(-size / 2, -size / 2, size, size);
  }
}
