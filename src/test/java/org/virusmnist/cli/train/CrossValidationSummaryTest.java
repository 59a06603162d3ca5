package org.virusmnist.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.dataset.Groups;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.JsonTree;

/** Two folds of three classes; the second has no row of class 2 and none is predicted so. */
class CrossValidationSummaryTest {
  private static final List<FoldRecord> FOLDS =
      List.of(
          fold(1, 0.5, 0, new int[] {0, 1, 2}, new int[] {0, 1, 2}),
          fold(2, 2, 3, new int[] {0, 1, 1}, new int[] {0, 1, 1}));

  private static FoldRecord fold(
      int number, double temperature, int firstRow, int[] labels, int[] predicted) {
    List<PredictionBatch> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      float[] probabilities = {0.2f, 0.2f, 0.2f};
      probabilities[predicted[i]] = 0.6f;
      rows.add(
          PredictionBatch.of(firstRow + i, 3, probabilities).withLabels(new int[] {labels[i]}));
    }
    FoldRecord.Summary summary =
        new FoldRecord.Summary(number, 3, 3, 1, 3, temperature, 0.4, 0.3, 1.5);
    return new FoldRecord(summary, new History(List.of()), rows, List.of());
  }

  private static JsonTree values() {
    Predictions predictions = CrossValidationFiles.predictions(FOLDS);
    Evaluation all = TestScores.of(predictions.given(), 3).evaluation();
    return new JsonTree(CrossValidationSummary.of(FOLDS, all, Groups.single(6)).values());
  }

  @Test
  void countsNoClassThatAFoldDoesNotHave() {
    JsonTree json = values();
    List<JsonTree> folds = json.at("per_fold").list();

    assertThat(folds).extracting(fold -> fold.at("macro_f1").number()).containsExactly(1.0, 1.0);
    assertThat(folds).extracting(fold -> fold.at("classes_present").value()).containsExactly(3, 2);
    assertThat(json.at("macro_f1", "mean").number()).isEqualTo(1);
    assertThat(json.at("macro_f1", "interval_95_over_groups").value()).isEqualTo(List.of(1.0, 1.0));
    assertThat(BaselineScore.ofFold("x", FOLDS.get(1).evaluation(), 1).macroF1()).isEqualTo(1);
  }

  @Test
  void networkAndBaselinesAreComparedByTheirMeansOverTheFolds() {
    assertThat(BaselineScore.ofFolds("this run", values()))
        .isEqualTo(new BaselineScore("this run", 1, 1, 1, 1, 3));
    assertThat(BaselineScore.ofFolds("this run", new JsonTree(null)).accuracy()).isNaN();
  }

  @Test
  void calibratesEachFoldByItsOwnTemperature() {
    Predictions predictions = CrossValidationFiles.predictions(FOLDS);

    assertThat(predictions.given())
        .extracting(row -> row.row(0))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    // 0.6² / (0.6² + 2 · 0.2²), and √0.6 / (√0.6 + 2 · √0.2)
    assertThat(predictions.toJudge().get(0).confidence(0)).isCloseTo(9 / 11f, within(1e-6f));
    assertThat(predictions.toJudge().get(5).confidence(0)).isCloseTo(0.4641f, within(1e-4f));
  }

  @Test
  void aSplitRowByRowIsNotTrustedToSharpen() {
    assertThat(Outcome.isDrawnRowByRow(Map.of("validation_split", 0.33, "stratified", true)))
        .isTrue();
    assertThat(Outcome.isDrawnRowByRow(Map.of("validation_split", 0.33, "groups", "sources.csv")))
        .isFalse();
    assertThat(Outcome.isDrawnRowByRow(Map.of())).isFalse();
  }
}
