package org.virusmnist.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** What the colours of a heat map mean: a bar as tall as the map. */
final class ColorBar {
  private static final int WIDTH = 14;
  private static final int GAP = 16;
  private static final int TICK = 20;

  private ColorBar() {}

  /** Returns a bar from 0 to 100 % for the right of a chart that has none yet. */
  static PaintScaleLegend beside(
      JFreeChart chart, PngFile.Size size, PaintScale scale, ChartStyle style) {
    NumberAxis axis = new NumberAxis("share of the true class (%)");
    new XyTheme(style).apply(axis);
    axis.setTickUnit(new NumberTickUnit(TICK));
    axis.setAxisLineVisible(false);
    PaintScaleLegend bar = new PaintScaleLegend(scale, axis);
    bar.setPosition(RectangleEdge.RIGHT);
    bar.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    bar.setStripWidth(WIDTH);
    bar.setSubdivisionCount(200);
    bar.setStripOutlinePaint(style.grid());
    bar.setBackgroundPaint(style.background());
    bar.setMargin(margin(chart, size));
    return bar;
  }

  /** Room above and below the map: titles and labels decide, so it is drawn once to see. */
  private static RectangleInsets margin(JFreeChart chart, PngFile.Size size) {
    ChartRenderingInfo info = new ChartRenderingInfo();
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.draw(nowhere, new Rectangle2D.Double(0, 0, size.width(), size.height()), info);
    nowhere.dispose();
    PlotRenderingInfo plot = info.getPlotInfo();
    Rectangle2D map = plot.getDataArea();
    Rectangle2D around = plot.getPlotArea();
    return new RectangleInsets(
        map.getMinY() - around.getMinY(), GAP, around.getMaxY() - map.getMaxY(), 4);
  }
}
