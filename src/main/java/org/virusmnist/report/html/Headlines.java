package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;
import org.virusmnist.report.TrainScore;

/** What a reader wants to know first. */
final class Headlines {
  /** A class of which less is found is a reason for care. */
  private static final double LOW_RECALL = 0.5;

  /** A drop of accuracy without near copies that is one. */
  private static final double LARGE_DROP = 0.01;

  private final RunValues run;
  private final Evaluation evaluation;

  private Headlines(RunValues run) {
    this.run = run;
    this.evaluation = run.result().evaluation();
  }

  static List<Tile> of(RunValues run) {
    Headlines headlines = new Headlines(run);
    List<Tile> tiles = new ArrayList<>(headlines.scores());
    headlines.addLeak(tiles);
    Stream.of(TrustView.tile(run), ReadingView.tile(run))
        .filter(Objects::nonNull)
        .forEach(tiles::add);
    headlines.addWorstClass(tiles);
    headlines.addMostConfused(tiles);
    headlines.addWorstMistake(tiles);
    headlines.addTime(tiles);
    return tiles;
  }

  private List<Tile> scores() {
    FoldsView folds = FoldsView.of(run);
    return folds == null
        ? List.of(accuracy(), f1(), loss("Test loss"))
        : List.of(folds.accuracyTile(evaluation.rows()), folds.f1Tile(), loss("Held-out loss"));
  }

  private Tile accuracy() {
    Interval interval = evaluation.accuracyInterval();
    return new Tile(
        "Test accuracy",
        Text.percent(evaluation.accuracy()),
        "95 %% interval %s to %s, %s%s"
            .formatted(
                Text.percent(interval.low()),
                Text.percent(interval.high()),
                Text.rows(evaluation.rows()),
                majority()),
        "accuracy",
        false);
  }

  /** Returns what always naming the most frequent class would give. */
  private String majority() {
    long largest =
        IntStream.range(0, evaluation.matrix().classCount())
            .mapToLong(evaluation.matrix()::support)
            .max()
            .orElse(0);
    return evaluation.rows() == 0
        ? ""
        : "; the largest class is " + Text.percent((double) largest / evaluation.rows());
  }

  private Tile f1() {
    return new Tile(
        "Macro F1",
        Text.score(evaluation.macroF1()),
        "balanced accuracy " + Text.percent(evaluation.report().balancedAccuracy()),
        "macro-f1",
        false);
  }

  private Tile loss(String name) {
    TrainScore train = run.result().train();
    return new Tile(
        name,
        Text.score(evaluation.loss()),
        train == null
            ? "cross-entropy in nats"
            : "cross-entropy in nats; on the training rows %s, %s right"
                .formatted(Text.score(train.loss()), Text.percent(train.accuracy())),
        "loss",
        false);
  }

  private void addWorstClass(List<Tile> tiles) {
    evaluation.report().classes().stream()
        .filter(score -> score.support() > 0)
        .min(Comparator.comparingDouble(ClassScore::f1).thenComparingInt(ClassScore::label))
        .ifPresent(worst -> tiles.add(worstClass(worst)));
  }

  private Tile worstClass(ClassScore worst) {
    String found =
        "lowest F1, %s: %s of its %s found"
            .formatted(
                Text.score(worst.f1()), Text.percent(worst.recall()), Text.rows(worst.support()));
    return new Tile(
        "Worst class",
        run.label(worst.label()),
        found + mostlyTakenFor(worst.label()),
        worst.recall() < LOW_RECALL);
  }

  private String mostlyTakenFor(int label) {
    return evaluation.matrix().confusedWith(label).stream()
        .findFirst()
        .map(pair -> "; taken for %s: %s".formatted(run.label(pair.predictedClass()), rows(pair)))
        .orElse("");
  }

  private void addMostConfused(List<Tile> tiles) {
    for (ConfusedPair pair : evaluation.matrix().mostConfused(1)) {
      tiles.add(
          new Tile(
              "Most frequent confusion",
              run.label(pair.trueClass()) + " → " + run.label(pair.predictedClass()),
              rows(pair) + " of the class"));
    }
  }

  private static String rows(ConfusedPair pair) {
    return "%s, %s".formatted(Text.rows(pair.count()), Text.percent(pair.shareOfTrue()));
  }

  private void addWorstMistake(List<Tile> tiles) {
    if (run.mistakes().isEmpty()) {
      return;
    }
    PredictionBatch worst = run.mistakes().get(0);
    String bytes =
        run.explanations().rows().stream()
            .filter(row -> row.row() == worst.row(0))
            .findFirst()
            .map(row -> ". " + ExplanationView.mostImportant(row))
            .orElse("");
    tiles.add(
        new Tile(
            "Most confident mistake",
            run.label(worst.label(0)) + " → " + run.label(worst.predicted(0)),
            "row %d, %s sure%s".formatted(worst.row(0), Text.percent(worst.confidence(0)), bytes)));
  }

  private void addTime(List<Tile> tiles) {
    RunTimes times = run.times();
    if (times == null) {
      return;
    }
    double features = times.secondsOf("features");
    double fit = times.secondsOf("fit");
    String total = Text.seconds(times.totalSeconds());
    String machine = "on " + Provenance.machine(run);
    if (fit == 0) {
      tiles.add(new Tile("Time of the whole run", total, machine));
      return;
    }
    String parts =
        features > 0
            ? "%s %s + epochs %s; "
                .formatted(
                    times.isFromCache("features") ? "features from the cache" : "features",
                    Text.seconds(features),
                    Text.seconds(fit))
            : "";
    tiles.add(
        new Tile(
            "Time of training",
            Text.seconds(features + fit),
            "%s%swhole run %s; %s".formatted(trainingRows(), parts, total, machine)));
  }

  /** Returns what was trained on, with a preposition; empty where it is not known. */
  private String trainingRows() {
    double rows = run.config().at("data", "train", "rows").number();
    return rows >= 0 ? "of " + Text.rows((long) rows) + ": " : "";
  }

  private void addLeak(List<Tile> tiles) {
    NearCopies near = NearCopies.of(run);
    if (near == null) {
      return;
    }
    String name = "Does the test set leak?";
    String what =
        "%s of %s (%s) differ from a training row in at most %d of 1,024 bytes"
            .formatted(
                Text.count(near.rows()),
                Text.rows(near.testRows()),
                Text.percent(near.share()),
                NearCopies.BYTES);
    if (near.rows() == 0) {
      tiles.add(new Tile(name, "No near copies", what));
    } else if (Double.isFinite(near.accuracyWithout())) {
      tiles.add(
          new Tile(
              name,
              "%s → %s (%s)"
                  .formatted(
                      Text.percent(near.accuracy()),
                      Text.percent(near.accuracyWithout()),
                      Text.signedPoints(near.accuracyWithout() - near.accuracy())),
              "accuracy with and without near copies: %s. Without them the 95 %% interval is %s"
                  .formatted(what, near.intervalText()),
              near.accuracy() - near.accuracyWithout() >= LARGE_DROP));
    } else {
      tiles.add(new Tile(name, Text.percent(near.share()) + " near copies", what, true));
    }
  }
}
