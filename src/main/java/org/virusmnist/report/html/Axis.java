package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A linear scale from values to positions in a drawing.
 *
 * @param label what it measures, with its unit
 * @param low value at the start
 * @param high value at the end, above the low one
 * @param step distance between ticks
 */
record Axis(String label, double low, double high, double step) {
  private static final int TICKS = 5;

  /** A value with a label, and where it is. */
  record Tick(String at, String label) {}

  /** Returns an axis over exactly a range. */
  static Axis of(String label, double low, double high) {
    return new Axis(label, low, high, niceStep(high - low));
  }

  /** Returns an axis whose ends are ticks and that holds all finite values. */
  static Axis around(String label, DoubleStream values) {
    double[] finite = values.filter(Double::isFinite).sorted().toArray();
    double low = finite.length == 0 ? 0 : finite[0];
    double high = finite.length == 0 ? 1 : finite[finite.length - 1];
    double step = niceStep(high > low ? high - low : Math.max(Math.abs(high), 1) / 10);
    double from = Math.floor(low / step) * step;
    double to = Math.ceil(high / step) * step;
    return new Axis(label, from, to > from ? to : from + step, step);
  }

  /** Returns an axis of whole numbers. */
  static Axis ofWhole(String label, double low, double high) {
    double end = Math.max(high, low + 1);
    return new Axis(label, low, end, Math.max(1, Math.rint(niceStep(end - low))));
  }

  private static double niceStep(double range) {
    double rough = range / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / power;
    return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
  }

  /** Returns where a value lies between two positions. */
  double at(double value, double start, double end) {
    return start + (value - low) / (high - low) * (end - start);
  }

  List<Tick> ticks(double start, double end) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step * 1e-6; i++) {
      double value = low + i * step;
      ticks.add(
          new Tick(
              Text.coordinate(at(value, start, end)),
              String.format(Locale.ROOT, "%." + decimals + "f", value)));
    }
    return ticks;
  }
}
