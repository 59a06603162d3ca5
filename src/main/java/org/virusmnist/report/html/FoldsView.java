package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * What a cross-validation found: every row of the training file was held out once, whole groups at
 * a time.
 *
 * @param count folds
 * @param groups groups of rows, as text
 * @param accuracy over the folds
 * @param macroF1 over the folds
 * @param scores over the folds, those two included; what the run does not say is left out
 * @param folds one by one
 */
record FoldsView(
    int count, String groups, Score accuracy, Score macroF1, List<Score> scores, List<Fold> folds) {
  /**
   * A score over the folds.
   *
   * @param name of the score
   * @param spread mean and standard deviation over the folds
   * @param allRows over the held-out rows of all folds together
   * @param interval 95 % interval, drawn over groups
   */
  record Score(String name, String spread, String allRows, String interval) {}

  /** A fold's counts and scores, as text. */
  record Fold(
      String number,
      String groups,
      String rows,
      String trainRows,
      String validationRows,
      String epochs,
      String accuracy,
      String macroF1,
      String balancedAccuracy) {}

  /** Returns what a page shows, or null where the run is no cross-validation. */
  static @Nullable FoldsView of(RunValues run) {
    JsonTree json = run.details().crossValidation();
    if (!json.isPresent()) {
      return null;
    }
    Score accuracy = shares("accuracy", json.at("accuracy"));
    Score macroF1 = plain("macro F1", json.at("macro_f1"));
    List<Score> scores = new ArrayList<>(List.of(accuracy, macroF1));
    scores.add(shares("balanced accuracy", json.at("balanced_accuracy")));
    scores.add(shares("top-3 accuracy", json.at("top3_accuracy")));
    scores.add(plain("loss", json.at("loss")));
    scores.add(shares("calibration error", json.at("expected_calibration_error")));
    scores.add(
        shares(
            "calibration error with the fold's temperature",
            json.at("expected_calibration_error_scaled")));
    scores.add(plain("temperature", json.at("temperature")));
    return new FoldsView(
        (int) json.at("folds").number(),
        Text.count(json.at("groups").number()),
        accuracy,
        macroF1,
        scores.stream().filter(score -> !score.spread().equals("–")).toList(),
        json.at("per_fold").list().stream().map(FoldsView::fold).toList());
  }

  /** Returns the accuracy over the folds in words. */
  String accuracyInWords() {
    return "%s (mean ± standard deviation over %s)".formatted(accuracy.spread(), counted());
  }

  private String counted() {
    return count == 1 ? "one fold" : Words.number(count) + " folds";
  }

  /** Returns the tile of the accuracy. */
  Tile accuracyTile(long rows) {
    return new Tile(
        "Held-out accuracy, cross-validation",
        accuracy.spread(),
        "mean ± standard deviation over %s; %s together %s, 95 %% interval over groups %s"
            .formatted(counted(), Text.rows(rows), accuracy.allRows(), accuracy.interval()),
        "cross-validation",
        false);
  }

  /** Returns the tile of the macro F1. */
  Tile f1Tile() {
    return new Tile(
        "Held-out macro F1",
        macroF1.spread(),
        "mean ± standard deviation; all rows together %s, 95 %% interval over groups %s"
            .formatted(macroF1.allRows(), macroF1.interval()),
        "macro-f1",
        false);
  }

  private static Score shares(String name, JsonTree json) {
    return score(name, json, true);
  }

  private static Score plain(String name, JsonTree json) {
    return score(name, json, false);
  }

  private static Score score(String name, JsonTree json, boolean isShare) {
    if (!json.isPresent()) {
      return new Score(name, "–", "–", "–");
    }
    double mean = json.at("mean").number();
    double deviation = json.at("standard_deviation").number();
    List<JsonTree> interval = json.at("interval_95_over_groups").list();
    return new Score(
        name,
        isShare
            ? Text.percent(mean) + " ± " + Text.points(deviation)
            : Text.score(mean) + " ± " + Text.score(deviation),
        json.at("all_rows").isPresent() ? text(json.at("all_rows"), isShare) : "–",
        interval.size() == 2
            ? text(interval.get(0), isShare) + " to " + text(interval.get(1), isShare)
            : "–");
  }

  private static String text(JsonTree value, boolean isShare) {
    return isShare ? Text.percent(value.number()) : Text.score(value.number());
  }

  private static Fold fold(JsonTree json) {
    return new Fold(
        json.at("fold").text(),
        Text.count(json.at("groups").number()),
        Text.count(json.at("rows").number()),
        Text.count(json.at("train_rows").number()),
        Text.count(json.at("validation_rows").number()),
        Text.count(json.at("epochs").number()),
        Text.percent(json.at("accuracy").number()),
        Text.score(json.at("macro_f1").number()),
        Text.percent(json.at("balanced_accuracy").number()));
  }
}
