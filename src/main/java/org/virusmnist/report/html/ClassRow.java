package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.report.RunValues;

/**
 * A class in the table of scores.
 *
 * @param score its numbers
 * @param name number and name
 * @param precision as text
 * @param recall as text
 * @param f1 as text
 * @param support as text
 * @param takenFor the class it is mostly taken for, empty if none
 */
record ClassRow(
    ClassScore score,
    String name,
    String precision,
    String recall,
    String f1,
    String support,
    String takenFor) {

  static List<ClassRow> of(RunValues run) {
    ConfusionMatrix matrix = run.result().evaluation().matrix();
    List<ConfusedPair> pairs = matrix.mostConfused(Integer.MAX_VALUE);
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
              takenFor(run, pairs, score.label())));
    }
    return rows;
  }

  private static String takenFor(RunValues run, List<ConfusedPair> pairs, int label) {
    return pairs.stream()
        .filter(pair -> pair.trueClass() == label)
        .findFirst()
        .map(
            pair ->
                "%s (%s)"
                    .formatted(run.label(pair.predictedClass()), Text.percent(pair.shareOfTrue())))
        .orElse("");
  }
}
