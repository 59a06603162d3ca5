package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/** What {@code --benign-class} and {@code --unsure-below} asked for. */
final class ReadingView {
  private static final double ALARMING = 0.1;

  private ReadingView() {}

  /** Returns the reading in two stages and that of the sure rows; nothing where none was asked. */
  static List<Fact> of(RunValues run) {
    List<Fact> facts = new ArrayList<>();
    JsonTree twoStage = twoStage(run);
    if (twoStage.isPresent()) {
      addTwoStage(facts, run, twoStage);
    }
    JsonTree unsure = run.details().evaluation().at("unsure");
    if (unsure.isPresent()) {
      facts.add(
          new Fact(
              String.format(
                  Locale.ROOT,
                  "Unsure below a %s of %.3f",
                  TrustView.probability(run),
                  unsure.at("below").number()),
              Text.rows((long) unsure.at("unsure_rows").number()),
              "the other %s are right in %s of cases"
                  .formatted(
                      Text.percent(unsure.at("coverage").number()),
                      Text.percent(unsure.at("accuracy_when_sure").number()))));
    }
    return facts;
  }

  private static void addTwoStage(List<Fact> facts, RunValues run, JsonTree json) {
    facts.add(
        new Fact(
            "Benign class",
            benignClass(run, json),
            "%s benign and %s malicious rows"
                .formatted(
                    Text.count(json.at("benign_rows").number()),
                    Text.count(json.at("malicious_rows").number()))));
    facts.add(
        new Fact(
            "Malicious or benign",
            percent(json, "detection_accuracy") + " right",
            "malicious is a row whose malicious classes have more than half of the probability"));
    facts.add(new Fact("Malicious rows found", percent(json, "detection_rate")));
    facts.add(new Fact("Benign rows alarmed", percent(json, "false_positive_rate")));
    facts.add(new Fact("Alarms that are right", percent(json, "detection_precision")));
    facts.add(new Fact("ROC AUC", Text.score(json.at("roc_auc").number())));
    facts.add(
        new Fact(
            "Class among malicious rows",
            percent(json, "family_accuracy") + " right",
            "macro F1 " + Text.score(json.at("family_macro_f1").number())));
  }

  /** Returns the tile, or null where no benign class was named. */
  static @Nullable Tile tile(RunValues run) {
    JsonTree json = twoStage(run);
    if (!json.isPresent()) {
      return null;
    }
    double alarmed = json.at("false_positive_rate").number();
    return new Tile(
        "Malicious or benign",
        percent(json, "detection_rate") + " of malicious rows found",
        "%s of %s benign rows raise a false alarm; benign is %s"
            .formatted(
                Text.percent(alarmed),
                Text.count(json.at("benign_rows").number()),
                benignClass(run, json)),
        alarmed > ALARMING);
  }

  private static JsonTree twoStage(RunValues run) {
    return run.details().evaluation().at("two_stage");
  }

  private static String benignClass(RunValues run, JsonTree json) {
    double label = json.at("benign_class").number();
    return label >= 0 && label < run.classNames().size() ? run.label((int) label) : "unknown";
  }

  private static String percent(JsonTree json, String key) {
    return Text.percent(json.at(key).number());
  }
}
