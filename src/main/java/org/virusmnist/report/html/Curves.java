package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.CoveragePoint;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.ReliabilityBin;

/** The line drawings of a page. */
final class Curves {
  private static final int COVERAGE_STEP = 5;

  private Curves() {}

  /** A history and what to call it. */
  record Named(String name, History history) {}

  /** Returns loss and accuracy of one run by epoch; nothing without an epoch. */
  static List<Plot> ofRun(History history) {
    if (history.size() == 0) {
      return List.of();
    }
    return List.of(
        byEpoch(
            "Loss",
            "cross-entropy (nats)",
            history,
            series("training", history, Epoch::loss, "%.4f"),
            series("validation", history, Epoch::valLoss, "%.4f")),
        byEpoch(
            "Accuracy",
            "rows predicted right (%)",
            history,
            series("training", history, epoch -> 100 * epoch.accuracy(), "%.2f %%"),
            series("validation", history, epoch -> 100 * epoch.valAccuracy(), "%.2f %%")));
  }

  /** Returns validation loss and accuracy of several runs by epoch. */
  static List<Plot> ofRuns(List<Named> runs) {
    List<Plot.Series> losses = new ArrayList<>();
    List<Plot.Series> accuracies = new ArrayList<>();
    History longest = runs.get(0).history();
    for (Named run : runs) {
      longest = run.history().size() > longest.size() ? run.history() : longest;
      losses.add(series(run.name(), run.history(), Epoch::valLoss, "%.4f"));
      accuracies.add(
          series(run.name(), run.history(), epoch -> 100 * epoch.valAccuracy(), "%.2f %%"));
    }
    return List.of(
        byEpoch("Validation loss", "cross-entropy (nats)", longest, losses),
        byEpoch("Validation accuracy", "rows predicted right (%)", longest, accuracies));
  }

  private static Plot byEpoch(
      String title, String yLabel, History history, Plot.Series training, Plot.Series validation) {
    boolean isValidated = history.epochs().stream().anyMatch(Epoch::hasValidation);
    return byEpoch(
        title, yLabel, history, isValidated ? List.of(training, validation) : List.of(training));
  }

  private static Plot byEpoch(
      String title, String yLabel, History history, List<Plot.Series> series) {
    List<Epoch> epochs = history.epochs();
    int first = epochs.isEmpty() ? 1 : number(epochs.get(0));
    int last = epochs.isEmpty() ? 2 : number(epochs.get(epochs.size() - 1));
    DoubleStream values =
        series.stream().flatMap(one -> one.points().stream()).mapToDouble(Plot.Point::y);
    return Plot.of(title, Axis.ofWhole("epoch", first, last), Axis.around(yLabel, values), series);
  }

  private static Plot.Series series(
      String name, History history, ToDoubleFunction<Epoch> value, String format) {
    List<Plot.Point> points = new ArrayList<>();
    for (Epoch epoch : history.epochs()) {
      double y = value.applyAsDouble(epoch);
      String title = "%s, epoch %d: " + format;
      points.add(
          new Plot.Point(
              number(epoch), y, String.format(Locale.ROOT, title, name, number(epoch), y)));
    }
    return new Plot.Series(name, points);
  }

  /** Files count epochs from 0, people from 1. */
  private static int number(Epoch epoch) {
    return epoch.epoch() + 1;
  }

  /** Returns the reliability diagram: accuracy by confidence, and the diagonal. */
  static Plot reliability(String title, Calibration calibration) {
    Axis x = Axis.of("probability of the predicted class (%)", 0, 100);
    Axis y = Axis.of("rows predicted right (%)", 0, 100);
    List<Plot.Bar> bars = new ArrayList<>();
    for (ReliabilityBin bin : calibration.bins()) {
      if (bin.rows() > 0) {
        Plot.Point value = new Plot.Point(0, 100 * bin.accuracy(), title(bin));
        String rows = Text.count(bin.rows());
        bars.add(Plot.bar(x, y, 100 * bin.lower(), 100 * bin.upper(), value, rows));
      }
    }
    Plot.Series diagonal =
        new Plot.Series(
            "where all probabilities are right",
            List.of(new Plot.Point(0, 0, "0 %"), new Plot.Point(100, 100, "100 %")));
    return Plot.of(title, x, y, List.of(diagonal)).withBars(bars);
  }

  private static String title(ReliabilityBin bin) {
    return String.format(
        Locale.ROOT,
        "%,d rows said %.0f to %.0f %%, on average %.1f %%: %.1f %% right",
        bin.rows(),
        100 * bin.lower(),
        100 * bin.upper(),
        100 * bin.confidence(),
        100 * bin.accuracy());
  }

  /** Returns accuracy and coverage by the smallest confidence that counts as sure. */
  static Plot coverage(CoverageCurve curve, String probability) {
    List<Plot.Point> accuracy = new ArrayList<>();
    List<Plot.Point> coverage = new ArrayList<>();
    for (int i = 0; i < curve.points().size(); i += COVERAGE_STEP) {
      CoveragePoint point = curve.points().get(i);
      double x = 100 * point.threshold();
      String from = String.format(Locale.ROOT, "from %.0f %% on: ", x);
      accuracy.add(
          new Plot.Point(
              x, 100 * point.accuracy(), from + Text.percent(point.accuracy()) + " right"));
      coverage.add(
          new Plot.Point(
              x, 100 * point.coverage(), from + Text.percent(point.coverage()) + " of all rows"));
    }
    return Plot.of(
        "Accuracy and coverage",
        Axis.of("smallest %s that counts as sure (%%)".formatted(probability), 0, 100),
        Axis.of("share (%)", 0, 100),
        List.of(
            new Plot.Series("rows at least that sure: share right", accuracy),
            new Plot.Series("rows at least that sure: share of all rows", coverage)));
  }
}
