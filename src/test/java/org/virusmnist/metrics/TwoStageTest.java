package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counted by hand on six rows of three classes, class 1 benign. */
class TwoStageTest {
  private static final List<PredictionBatch> ROWS =
      List.of(
          PredictionBatch.of(
                  0,
                  3,
                  new float[] {
                    0.2f, 0.7f, 0.1f, // benign, recognised
                    0.3f, 0.4f, 0.3f, // benign, most probable, and yet an alarm: 0.6
                    0.6f, 0.3f, 0.1f, // class 0, found
                    0.3f, 0.45f, 0.25f, // class 0, found although benign is more probable
                  })
              .withLabels(new int[] {1, 1, 0, 0}),
          PredictionBatch.of(
                  4,
                  3,
                  new float[] {
                    0.1f, 0.2f, 0.7f, // class 2, found
                    0.25f, 0.6f, 0.15f, // class 2, missed and taken for class 0
                  })
              .withLabels(new int[] {2, 2}));

  @Test
  void answersBothQuestions() {
    TwoStage result = TwoStage.of(ROWS, 3, 1);

    assertThat(result.benign()).isEqualTo(2);
    assertThat(result.malicious()).isEqualTo(4);
    assertThat(result.falseAlarms()).isEqualTo(1);
    assertThat(result.missed()).isEqualTo(1);
    assertThat(result.detectionAccuracy()).isEqualTo(4 / 6.0);
    assertThat(result.detectionRate()).isEqualTo(0.75);
    assertThat(result.falsePositiveRate()).isEqualTo(0.5);
    assertThat(result.detectionPrecision()).isEqualTo(0.75);
    assertThat(result.familyAccuracy()).isEqualTo(0.75);
    // Class 0: 2 of 3 right, both found; class 2: 1 of 1 right, one of two found.
    assertThat(result.familyMacroF1()).isCloseTo((0.8 + 2 / 3.0) / 2, within(1e-12));
  }

  /** Scores 0.3 and 0.6 against 0.7, 0.55, 0.8, 0.4: 6 of 8 pairs are in order. */
  @Test
  void ranksByTheSumOfTheMaliciousClasses() {
    assertThat(TwoStage.of(ROWS, 3, 1).rocAuc()).isEqualTo(0.75);
  }

  @Test
  void countsTiesHalf() {
    PredictionBatch ties =
        PredictionBatch.of(0, 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f}).withLabels(new int[] {0, 1});
    assertThat(TwoStage.of(List.of(ties), 2, 0).rocAuc()).isEqualTo(0.5);
    assertThat(TwoStage.of(List.of(ties.single(0)), 2, 0).rocAuc()).isNaN();
  }

  @Test
  void growsWithTheRows() {
    List<PredictionBatch> many = Collections.nCopies(600, ROWS.get(0));
    assertThat(TwoStage.of(many, 3, 1).benign()).isEqualTo(1200);
    assertThat(TwoStage.of(many, 3, 1).rocAuc())
        .isEqualTo(TwoStage.of(ROWS.subList(0, 1), 3, 1).rocAuc());
  }

  @Test
  void leavesUndecidedWhatIsBelowAThreshold() {
    Selection selection = Selection.of(ROWS, 0.6);
    assertThat(selection).isEqualTo(new Selection(0.6, 6, 4, 3));
    assertThat(selection.coverage()).isEqualTo(4 / 6.0);
    assertThat(selection.accuracy()).isEqualTo(0.75);
    assertThat(Selection.of(ROWS, 0.9).accuracy()).isZero();
  }

  @Test
  void refusesAClassThatIsNotThere() {
    assertThatThrownBy(() -> TwoStage.of(ROWS, 3, 3))
        .hasMessage("benign class is 3, expected 0 to 2");
    assertThatThrownBy(() -> TwoStage.of(ROWS, 3, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
