package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;

/**
 * A classifier on the test rows, as it is shown beside others.
 *
 * @param score its scores, to sort by
 * @param isRun whether it is the run itself
 */
record BaselineRow(BaselineScore score, boolean isRun) {
  /** Returns the run and its baselines, the most accurate first; nothing where there are none. */
  static List<BaselineRow> of(RunValues run) {
    if (run.baselines().isEmpty()) {
      return List.of();
    }
    List<BaselineRow> rows = new ArrayList<>();
    rows.add(new BaselineRow(ofRun(run), true));
    run.baselines().forEach(score -> rows.add(new BaselineRow(score, false)));
    rows.sort((a, b) -> Double.compare(b.score().accuracy(), a.score().accuracy()));
    return rows;
  }

  private static BaselineScore ofRun(RunValues run) {
    JsonTree folds = run.details().crossValidation();
    if (folds.isPresent()) {
      return BaselineScore.ofFolds("this run", folds);
    }
    RunTimes times = run.times();
    double seconds = times == null ? 0 : times.totalSeconds();
    return BaselineScore.of("this run", run.result().evaluation(), seconds);
  }

  String accuracy() {
    return Text.percent(score.accuracy());
  }

  String macroF1() {
    return Text.score(score.macroF1());
  }

  String balancedAccuracy() {
    return Text.percent(score.balancedAccuracy());
  }

  String top3Accuracy() {
    return Text.percent(score.top3Accuracy());
  }

  String seconds() {
    return Text.seconds(score.seconds());
  }
}
