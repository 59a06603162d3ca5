package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;

/**
 * Several runs side by side.
 *
 * @param names one a run
 * @param warning what makes the scores hard to compare, empty if nothing does
 * @param scores of the runs
 * @param classes F1 by class
 * @param settings what differs between the runs
 * @param curves validation loss and accuracy by epoch
 */
record ComparisonView(
    List<String> names,
    String warning,
    List<Row> scores,
    List<Row> classes,
    List<Row> settings,
    List<Plot> curves) {

  /** A value of every run. */
  record Row(String name, List<Cell> cells) {}

  /** A run's value, and whether no other run has a better one. */
  record Cell(String text, boolean isBest) {}

  static ComparisonView of(List<RunValues> runs) {
    List<String> names = names(runs);
    List<Curves.Named> histories = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      histories.add(new Curves.Named(names.get(i), runs.get(i).history().history()));
    }
    return new ComparisonView(
        names,
        warning(runs),
        scores(runs),
        classes(runs),
        settings(runs),
        Curves.ofRuns(histories));
  }

  /** Directory names, numbered where two are the same. */
  private static List<String> names(List<RunValues> runs) {
    List<String> names = new ArrayList<>();
    for (RunValues run : runs) {
      String name = run.name();
      for (int i = 2; names.contains(name); i++) {
        name = run.name() + " (" + i + ")";
      }
      names.add(name);
    }
    return names;
  }

  private static String warning(List<RunValues> runs) {
    long tests =
        runs.stream().map(run -> run.config().at("data", "test", "sha256")).distinct().count();
    return tests > 1
        ? "These runs were scored on different test files: their scores do not compare."
        : "";
  }

  private static List<Row> scores(List<RunValues> runs) {
    boolean isFolded = runs.stream().anyMatch(run -> FoldsView.of(run) != null);
    String accuracy = isFolded ? "accuracy, test or held-out rows" : "test accuracy";
    return List.of(
        row(accuracy, runs, Better.HIGHER, ComparisonView::accuracy, Text::percent),
        plain("95 % interval", runs, ComparisonView::interval),
        row("macro F1", runs, Better.HIGHER, run -> evaluation(run).macroF1(), Text::score),
        row("test loss", runs, Better.LOWER, run -> evaluation(run).loss(), Text::score),
        row("calibration error", runs, Better.LOWER, ComparisonView::error, Text::percent),
        row("total time", runs, Better.LOWER, run -> seconds(run, ""), Text::seconds),
        row("time of training", runs, Better.LOWER, ComparisonView::training, Text::seconds));
  }

  private static List<Row> classes(List<RunValues> runs) {
    if (runs.stream().map(RunValues::classNames).distinct().count() > 1) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    for (int label = 0; label < runs.get(0).classNames().size(); label++) {
      int c = label;
      rows.add(
          row(
              runs.get(0).label(c),
              runs,
              Better.HIGHER,
              run -> evaluation(run).report().classes().get(c).f1(),
              Text::score));
    }
    return rows;
  }

  private static List<Row> settings(List<RunValues> runs) {
    Set<List<String>> paths = new LinkedHashSet<>();
    runs.forEach(run -> addPaths(paths, List.of(), run.config().value()));
    List<Row> rows = new ArrayList<>();
    for (List<String> path : paths) {
      String[] keys = path.toArray(String[]::new);
      if (runs.stream().map(run -> run.config().at(keys)).distinct().count() > 1) {
        String name = String.join(" ", path).replace('_', ' ');
        rows.add(plain(name, runs, run -> run.config().at(keys).text()));
      }
    }
    return rows;
  }

  private static void addPaths(Set<List<String>> paths, List<String> at, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            List<String> path = new ArrayList<>(at);
            path.add(String.valueOf(key));
            addPaths(paths, path, below);
          });
    } else {
      paths.add(at);
    }
  }

  private static Row plain(String name, List<RunValues> runs, Function<RunValues, String> text) {
    return new Row(name, runs.stream().map(run -> new Cell(text.apply(run), false)).toList());
  }

  private static Row row(
      String name,
      List<RunValues> runs,
      Better better,
      ToDoubleFunction<RunValues> value,
      DoubleFunction<String> format) {
    double[] values = runs.stream().mapToDouble(value).toArray();
    double best = better.best(values);
    List<Cell> cells = new ArrayList<>();
    for (double one : values) {
      cells.add(new Cell(format.apply(one), one == best));
    }
    return new Row(name, cells);
  }

  /** Which end of a score is the good one. */
  private enum Better {
    HIGHER,
    LOWER;

    /** Returns the best value, NaN where none is better than another. */
    double best(double... values) {
      double[] sorted = DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
      if (sorted.length == 0 || sorted[0] == sorted[sorted.length - 1]) {
        return Double.NaN;
      }
      return this == HIGHER ? sorted[sorted.length - 1] : sorted[0];
    }
  }

  private static Evaluation evaluation(RunValues run) {
    return run.result().evaluation();
  }

  private static double accuracy(RunValues run) {
    return evaluation(run).accuracy();
  }

  private static double error(RunValues run) {
    return evaluation(run).calibration().expectedError();
  }

  /** A cross-validation's interval is over groups, as its rows are not independent. */
  private static String interval(RunValues run) {
    FoldsView folds = FoldsView.of(run);
    if (folds != null) {
      return folds.accuracy().interval() + " over groups";
    }
    Interval interval = evaluation(run).accuracyInterval();
    return Text.percent(interval.low()) + " to " + Text.percent(interval.high());
  }

  /** Returns the time of the epochs; a cross-validation knows that of the folds alone. */
  private static double training(RunValues run) {
    double epochs = seconds(run, "fit");
    return epochs == 0 ? seconds(run, "folds") : epochs;
  }

  private static double seconds(RunValues run, String phase) {
    RunTimes times = run.times();
    if (times == null) {
      return Double.NaN;
    }
    return phase.isEmpty() ? times.totalSeconds() : times.secondsOf(phase);
  }
}
