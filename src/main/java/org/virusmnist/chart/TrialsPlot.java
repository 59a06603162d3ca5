package org.virusmnist.chart;

import java.util.List;

/**
 * Trials of a search, as they are drawn: one point each, in the order they ran.
 *
 * @param scoreName what is on the vertical axes
 * @param isHigherBetter whether the best score is the highest
 * @param points scores of the trials that have one
 * @param axes what was searched over
 */
public record TrialsPlot(
    String scoreName, boolean isHigherBetter, List<Point> points, List<Axis> axes) {
  /**
   * Copies the lists and checks them.
   *
   * @throws IllegalArgumentException if there is no point, or an axis has not one value a point
   */
  public TrialsPlot {
    points = List.copyOf(points);
    axes = List.copyOf(axes);
    int count = points.size();
    if (count == 0 || axes.stream().anyMatch(axis -> axis.values().size() != count)) {
      throw new IllegalArgumentException(
          "%d points, expected 1 or more and a value on every axis for each".formatted(count));
    }
  }

  /**
   * A trial.
   *
   * @param group name of its round, empty where there is one round
   * @param score its score
   */
  public record Point(String group, double score) {}

  /**
   * An option that was searched over.
   *
   * @param name its name
   * @param categories names of its values where they are no numbers on a scale, else empty
   * @param isLog whether the scale is logarithmic
   * @param values value of each point; with categories the number of one, from 0
   */
  public record Axis(String name, List<String> categories, boolean isLog, List<Double> values) {}

  /** Returns the names of the rounds in the order they were run. */
  List<String> groups() {
    return points.stream().map(Point::group).distinct().toList();
  }
}
