package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;
import org.virusmnist.report.TrainScore;

/** What a reader wants to know first. */
final class Headlines {
  private final RunValues run;
  private final Evaluation evaluation;

  private Headlines(RunValues run) {
    this.run = run;
    this.evaluation = run.result().evaluation();
  }

  static List<Fact> of(RunValues run) {
    Headlines headlines = new Headlines(run);
    List<Fact> facts = new ArrayList<>();
    facts.add(headlines.accuracy());
    facts.add(headlines.f1());
    facts.add(headlines.loss());
    headlines.addWorstClass(facts);
    headlines.addMostConfused(facts);
    headlines.addWorstMistake(facts);
    headlines.addLeak(facts);
    headlines.addTime(facts);
    headlines.addTrained(facts);
    return facts;
  }

  private Fact accuracy() {
    Interval interval = evaluation.accuracyInterval();
    return new Fact(
        "Test accuracy",
        Text.percent(evaluation.accuracy()),
        "95 %% interval %s to %s, %s%s"
            .formatted(
                Text.percent(interval.low()),
                Text.percent(interval.high()),
                Text.rows(evaluation.rows()),
                onValidationRows()));
  }

  private String onValidationRows() {
    List<Epoch> epochs = run.history().history().epochs();
    return epochs.isEmpty() || !epochs.get(epochs.size() - 1).hasValidation()
        ? ""
        : "; validation rows "
            + Text.percent(epochs.get(epochs.size() - 1).valAccuracy())
            + " in the last epoch";
  }

  private Fact f1() {
    return new Fact(
        "Macro F1",
        Text.score(evaluation.macroF1()),
        "balanced accuracy " + Text.percent(evaluation.report().balancedAccuracy()));
  }

  private Fact loss() {
    TrainScore train = run.result().train();
    return new Fact(
        "Test loss",
        Text.score(evaluation.loss()),
        train == null
            ? "cross-entropy in nats"
            : "on the training rows %s, %s right"
                .formatted(Text.score(train.loss()), Text.percent(train.accuracy())));
  }

  private void addWorstClass(List<Fact> facts) {
    evaluation.report().classes().stream()
        .filter(score -> score.support() > 0)
        .min(Comparator.comparingDouble(ClassScore::f1).thenComparingInt(ClassScore::label))
        .ifPresent(worst -> facts.add(worstClass(worst)));
  }

  private Fact worstClass(ClassScore worst) {
    String found =
        "lowest F1, %s: %s of its %s found"
            .formatted(
                Text.score(worst.f1()), Text.percent(worst.recall()), Text.rows(worst.support()));
    return new Fact("Worst class", run.label(worst.label()), found + mostlyTakenFor(worst.label()));
  }

  private String mostlyTakenFor(int label) {
    return evaluation.matrix().mostConfused(Integer.MAX_VALUE).stream()
        .filter(pair -> pair.trueClass() == label)
        .findFirst()
        .map(pair -> "; taken for %s: %s".formatted(run.label(pair.predictedClass()), rows(pair)))
        .orElse("");
  }

  private void addMostConfused(List<Fact> facts) {
    for (ConfusedPair pair : evaluation.matrix().mostConfused(1)) {
      facts.add(
          new Fact(
              "Most frequent confusion",
              run.label(pair.trueClass()) + " → " + run.label(pair.predictedClass()),
              rows(pair) + " of the class"));
    }
  }

  private static String rows(ConfusedPair pair) {
    return "%s, %s".formatted(Text.rows(pair.count()), Text.percent(pair.shareOfTrue()));
  }

  private void addWorstMistake(List<Fact> facts) {
    if (run.mistakes().isEmpty()) {
      return;
    }
    PredictionBatch worst = run.mistakes().get(0);
    String bytes =
        run.explanations().rows().stream()
            .filter(row -> row.row() == worst.row(0))
            .findFirst()
            .map(
                row ->
                    "; the bytes with the largest attribution: "
                        + ExplanationView.mostImportant(row))
            .orElse("");
    facts.add(
        new Fact(
            "Most confident mistake",
            run.label(worst.label(0)) + " → " + run.label(worst.predicted(0)),
            "row %d, %s sure%s".formatted(worst.row(0), Text.percent(worst.confidence(0)), bytes)));
  }

  private void addTime(List<Fact> facts) {
    RunTimes times = run.times();
    if (times != null) {
      facts.add(
          new Fact(
              "Time",
              Text.seconds(times.totalSeconds()),
              "%s of it the epochs%s; on %s"
                  .formatted(
                      Text.seconds(times.secondsOf("fit")),
                      times.secondsOf("features") > 0
                          ? ", "
                              + Text.seconds(times.secondsOf("features"))
                              + " features before them"
                          : "",
                      Provenance.machine(run))));
    }
  }

  private void addTrained(List<Fact> facts) {
    JsonTree data = run.config().at("data", "train");
    if (data.isPresent()) {
      facts.add(
          new Fact(
              "Trained on",
              Text.rows((long) data.at("rows").number()),
              "%s, starting from %s"
                  .formatted(
                      data.at("file").text(), run.config().at("model", "directory").text())));
    }
  }

  private void addLeak(List<Fact> facts) {
    for (JsonTree near : run.audit().at("near").list()) {
      if (near.at("bytes").number() == AuditView.NEAR_COPY_BYTES) {
        boolean leaks = near.at("rows").number() > 0;
        facts.add(
            new Fact(
                "Does the test set leak?",
                leaks ? "Yes, " + Text.percent(near.at("share").number()) + " near copies" : "No",
                String.format(
                    Locale.ROOT,
                    "%s test rows have a training row that differs in at most %d of 1,024 bytes%s",
                    Text.count(near.at("rows").number()),
                    AuditView.NEAR_COPY_BYTES,
                    leaks ? withoutThem(near) : "")));
      }
    }
  }

  private static String withoutThem(JsonTree near) {
    JsonTree accuracy = near.at("accuracy_without");
    return accuracy.isPresent() ? "; accuracy without them " + Text.percent(accuracy.number()) : "";
  }
}
