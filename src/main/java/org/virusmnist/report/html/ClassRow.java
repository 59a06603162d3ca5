package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * A class in the table of scores.
 *
 * @param score its numbers
 * @param name number and name
 * @param precision as text
 * @param recall as text
 * @param f1 as text
 * @param support test rows, as text
 * @param training training rows
 * @param validation validation rows
 * @param takenFor the class it is mostly taken for, several where they tie, a dash if none
 */
record ClassRow(
    ClassScore score,
    String name,
    String precision,
    String recall,
    String f1,
    String support,
    Count training,
    Count validation,
    String takenFor) {
  /** How many rows there are, to sort by and as text; a dash where it is not known. */
  record Count(double value, String text) {
    static Count of(JsonTree data, int label) {
      List<JsonTree> counts = data.at("class_counts").list();
      double value = label < counts.size() ? counts.get(label).number() : Double.NaN;
      return new Count(Double.isFinite(value) ? value : -1, Text.count(value));
    }
  }

  /** Whether rows of any class are known. */
  boolean hasCounts() {
    return training.value() >= 0;
  }

  static List<ClassRow> of(RunValues run) {
    ConfusionMatrix matrix = run.result().evaluation().matrix();
    List<ClassRow> rows = new ArrayList<>();
    for (ClassScore score : run.result().evaluation().report().classes()) {
      rows.add(
          new ClassRow(
              score,
              run.label(score.label()),
              Text.score(score.precision()),
              Text.score(score.recall()),
              Text.score(score.f1()),
              Text.count(score.support()),
              Count.of(run.config().at("data", "train"), score.label()),
              Count.of(run.config().at("data", "validation"), score.label()),
              takenFor(run, matrix.confusedWith(score.label()))));
    }
    return rows;
  }

  private static String takenFor(RunValues run, List<ConfusedPair> ofClass) {
    if (ofClass.isEmpty()) {
      return "–";
    }
    ConfusedPair first = ofClass.get(0);
    List<String> names =
        ofClass.stream()
            .filter(pair -> pair.count() == first.count())
            .map(pair -> run.label(pair.predictedClass()))
            .toList();
    return "%s (%s%s)"
        .formatted(
            Words.list(names), Text.percent(first.shareOfTrue()), names.size() > 1 ? " each" : "");
  }
}
