package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines over two axes, in the coordinates of the drawing: 560 wide, 300 high, y downwards.
 *
 * @param title what is drawn
 * @param xLabel of the horizontal axis
 * @param yLabel of the vertical axis
 * @param xTicks from left to right
 * @param yTicks from bottom to top
 * @param bars behind the lines
 * @param lines the lines, the most important first
 */
record Plot(
    String title,
    String xLabel,
    String yLabel,
    List<Axis.Tick> xTicks,
    List<Axis.Tick> yTicks,
    List<Bar> bars,
    List<Line> lines) {
  static final double LEFT = 52;
  static final double RIGHT = 548;
  static final double TOP = 10;
  static final double BOTTOM = 256;
  private static final int MOST_DOTS = 120;
  private static final double LABEL_ABOVE = 12;
  private static final double LABEL_INSIDE = 12;
  private static final double LABEL_GAP = 3;

  /** A value of a series, and what hovering it says. */
  record Point(double x, double y, String title) {}

  /** Named values; those that are not finite are left out. */
  record Series(String name, List<Point> points) {}

  /** A series as drawn. */
  record Line(String name, int color, String points, List<Dot> dots) {}

  /** A point that can be hovered. */
  record Dot(String x, String y, String title) {}

  /** A value over a range of x, in the coordinates of the drawing. */
  record Bar(String x, String y, String width, String height, String title, Label label) {}

  /** What stands at a bar's top, inside where there is no room above, and where its middle is. */
  record Label(String x, String y, String text) {}

  static Plot of(String title, Axis x, Axis y, List<Series> series) {
    List<Line> lines = new ArrayList<>();
    for (Series one : series) {
      lines.add(line(one, lines.size(), x, y));
    }
    return new Plot(
        title, x.label(), y.label(), x.ticks(LEFT, RIGHT), y.ticks(BOTTOM, TOP), List.of(), lines);
  }

  /** Returns this plot with bars behind its lines; they take the first colour. */
  Plot withBars(List<Bar> behind) {
    List<Line> above =
        lines.stream()
            .map(line -> new Line(line.name(), line.color() + 1, line.points(), line.dots()))
            .toList();
    return new Plot(title, xLabel, yLabel, xTicks, yTicks, List.copyOf(behind), above);
  }

  static Bar bar(Axis x, Axis y, double from, double to, Point value, String label) {
    double left = x.at(from, LEFT, RIGHT);
    double top = y.at(value.y(), BOTTOM, TOP);
    return new Bar(
        Text.coordinate(left + 1),
        Text.coordinate(top),
        Text.coordinate(x.at(to, LEFT, RIGHT) - left - 2),
        Text.coordinate(BOTTOM - top),
        value.title(),
        new Label(
            Text.coordinate((left + x.at(to, LEFT, RIGHT)) / 2),
            Text.coordinate(top - LABEL_ABOVE < TOP ? top + LABEL_INSIDE : top - LABEL_GAP),
            label));
  }

  private static Line line(Series series, int color, Axis x, Axis y) {
    List<Dot> dots = new ArrayList<>();
    StringBuilder points = new StringBuilder();
    for (Point point : series.points()) {
      if (Double.isFinite(point.y())) {
        Dot dot =
            new Dot(
                Text.coordinate(x.at(point.x(), LEFT, RIGHT)),
                Text.coordinate(y.at(point.y(), BOTTOM, TOP)),
                point.title());
        points.append(dot.x()).append(',').append(dot.y()).append(' ');
        dots.add(dot);
      }
    }
    List<Dot> shown = dots.size() > MOST_DOTS ? List.<Dot>of() : dots;
    return new Line(series.name(), color, points.toString().strip(), shown);
  }
}
