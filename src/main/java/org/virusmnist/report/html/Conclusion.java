package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.report.RunValues;

/** What a run came to, in a few sentences made from its numbers. */
final class Conclusion {
  /** A class is found from this recall on, and hardly ever below the other. */
  private static final double FOUND = 0.8;

  private static final double HARDLY = 0.2;

  /** More classes than these are counted instead of named. */
  private static final int MOST_NAMED = 3;

  private final RunValues run;
  private final List<ClassScore> present;

  private Conclusion(RunValues run) {
    this.run = run;
    this.present =
        run.result().evaluation().report().classes().stream()
            .filter(score -> score.support() > 0)
            .toList();
  }

  static String of(RunValues run) {
    Conclusion conclusion = new Conclusion(run);
    return (conclusion.classes() + " " + conclusion.accuracy()).strip();
  }

  /** Returns how many classes are found, and which are not. */
  private String classes() {
    if (present.isEmpty()) {
      return "There are no scored rows.";
    }
    List<ClassScore> found = present.stream().filter(score -> score.recall() >= FOUND).toList();
    List<ClassScore> hardly = present.stream().filter(score -> score.recall() < HARDLY).toList();
    List<ClassScore> between =
        present.stream()
            .filter(score -> score.recall() >= HARDLY && score.recall() < FOUND)
            .toList();
    List<String> parts = new ArrayList<>();
    parts.add(found(found));
    if (!between.isEmpty()) {
      parts.add(named(between) + inCases(between));
    }
    if (!hardly.isEmpty()) {
      parts.add(named(hardly) + inCases(hardly) + takenFor(hardly));
    }
    return String.join("; ", parts) + ".";
  }

  private String found(List<ClassScore> found) {
    int all = present.size();
    boolean areAll = all == run.classNames().size();
    String classes = Words.classes(all) + (areAll ? "" : " with rows");
    if (found.isEmpty()) {
      return all == 1
          ? "The only class with rows is found in less than 80 % of cases"
          : "None of %s is found in 80 %% of cases or more".formatted(classes);
    }
    if (found.size() < all) {
      return "%s of %s %s found in %s of cases"
          .formatted(
              Words.capital(Words.number(found.size())),
              classes,
              found.size() == 1 ? "is" : "are",
              range(found));
    }
    if (all == 1) {
      return "The only class with rows is found in %s of cases".formatted(range(found));
    }
    return "%s are found in %s of cases"
        .formatted(all == 2 ? "Both classes" : "All " + classes, range(found));
  }

  private static String inCases(List<ClassScore> scores) {
    return " in " + range(scores);
  }

  private static String range(List<ClassScore> scores) {
    double[] recalls = scores.stream().mapToDouble(ClassScore::recall).sorted().toArray();
    return Words.range(recalls[0], recalls[recalls.length - 1]);
  }

  private String named(List<ClassScore> scores) {
    if (scores.size() > MOST_NAMED) {
      return Words.classes(scores.size());
    }
    List<String> names = scores.stream().map(score -> run.label(score.label())).toList();
    return (scores.size() == 1 ? "class " : "classes ") + Words.list(names);
  }

  /** Returns the one class that all of these are mostly taken for; nothing where they differ. */
  private String takenFor(List<ClassScore> scores) {
    Set<Integer> targets = new LinkedHashSet<>();
    for (ClassScore score : scores) {
      ConfusionMatrix matrix = run.result().evaluation().matrix();
      Optional<ConfusedPair> most =
          matrix.confusedWith(score.label()).stream()
              .filter(pair -> pair.shareOfTrue() > 0.5)
              .findFirst();
      targets.add(most.map(ConfusedPair::predictedClass).orElse(-1));
    }
    int only = targets.iterator().next();
    return targets.size() == 1 && only >= 0 ? ", mostly taken for " + run.label(only) : "";
  }

  private String accuracy() {
    FoldsView folds = FoldsView.of(run);
    if (folds != null) {
      return "Accuracy on held-out rows is " + folds.accuracyInWords() + ".";
    }
    String accuracy = Text.percent(run.result().evaluation().accuracy());
    NearCopies near = NearCopies.of(run);
    return near == null || near.rows() == 0 || !Double.isFinite(near.accuracyWithout())
        ? "Test accuracy is %s.".formatted(accuracy)
        : "Test accuracy is %s, %s without near copies of training rows."
            .formatted(accuracy, Text.percent(near.accuracyWithout()));
  }
}
