package org.virusmnist.cli.tune;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.chart.TrialsPlot;
import org.virusmnist.metrics.TrialScore;
import org.virusmnist.report.TrialRow;
import org.virusmnist.tuning.Choices;
import org.virusmnist.tuning.Dimension;
import org.virusmnist.tuning.Objective;
import org.virusmnist.tuning.Range;

/** Trials as points of a chart. */
final class TrialsDrawing {
  private TrialsDrawing() {}

  static TrialsPlot of(TunePlan plan, List<TrialRow> rows) {
    Objective objective = plan.command().objective();
    boolean hasRungs = plan.search().rungs().size() > 1;
    List<TrialRow> drawn = new ArrayList<>();
    List<TrialsPlot.Point> points = new ArrayList<>();
    for (TrialRow row : rows) {
      TrialScore score = row.score();
      if (score != null) {
        drawn.add(row);
        String group = hasRungs ? row.epochs() + (row.epochs() == 1 ? " epoch" : " epochs") : "";
        points.add(new TrialsPlot.Point(group, objective.value(score)));
      }
    }
    List<TrialsPlot.Axis> axes =
        plan.space().dimensions().stream().map(dimension -> axis(dimension, drawn)).toList();
    return new TrialsPlot(
        objective.toString().replace('_', ' '), objective != Objective.LOSS, points, axes);
  }

  private static TrialsPlot.Axis axis(Dimension dimension, List<TrialRow> rows) {
    String option = dimension.option();
    List<String> values = rows.stream().map(row -> row.options().getOrDefault(option, "")).toList();
    if (dimension instanceof Choices choices) {
      List<Double> places =
          values.stream().map(value -> (double) choices.values().indexOf(value)).toList();
      return new TrialsPlot.Axis(option, choices.values(), false, places);
    }
    boolean isLog = dimension instanceof Range range && range.isLog();
    List<Double> numbers = values.stream().map(Double::parseDouble).toList();
    return new TrialsPlot.Axis(option, List.of(), isLog, numbers);
  }
}
