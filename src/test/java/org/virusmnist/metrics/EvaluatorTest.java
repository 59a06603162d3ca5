package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final PredictionBatch FIRST =
      PredictionBatch.of(0, 4, new float[] {0.5f, 0.25f, 0.125f, 0.125f, 0.1f, 0.2f, 0.3f, 0.4f})
          .withLabels(new int[] {0, 0});
  private static final PredictionBatch SECOND =
      PredictionBatch.of(2, 4, new float[] {0, 0, 1, 0}).withLabels(new int[] {2});

  private final Evaluator evaluator = new Evaluator(4);

  @Test
  void countsOverBatches() {
    evaluator.add(FIRST, new float[] {1, 2});
    evaluator.add(SECOND, new float[] {6});

    Evaluation evaluation = evaluator.evaluation();

    assertThat(evaluation.rows()).isEqualTo(3);
    assertThat(evaluation.accuracy()).isEqualTo(2 / 3.0);
    assertThat(evaluation.loss()).isEqualTo(3);
    assertThat(evaluation.top3Accuracy()).isEqualTo(2 / 3.0);
    assertThat(evaluation.matrix().count(0, 3)).isOne();
    assertThat(evaluation.calibration().rows()).isEqualTo(3);
  }

  @Test
  void addsUpPartsThatWereEvaluatedApart() {
    Evaluator other = new Evaluator(4);
    other.add(SECOND, new float[] {6});
    evaluator.add(FIRST, new float[] {1, 2});
    Evaluator whole = new Evaluator(4);
    whole.add(FIRST, new float[] {1, 2});
    whole.add(SECOND, new float[] {6});

    Evaluation sum = evaluator.add(other).evaluation();

    assertThat(sum).isEqualTo(whole.evaluation());
    assertThat(sum.rows()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluator.add(new Evaluator(3)))
        .withMessage("the evaluators have different numbers of classes");
  }

  @Test
  void computesLossesThatItIsNotGiven() {
    evaluator.add(FIRST);

    assertThat(evaluator.evaluation().loss())
        .isCloseTo(-(Math.log(0.5) + Math.log(0.1f)) / 2, within(1e-12));
  }

  @Test
  void scoresComeFromTheMatrix() {
    evaluator.add(FIRST);
    evaluator.add(SECOND);
    Evaluation evaluation = evaluator.evaluation();

    assertThat(evaluation.report()).isEqualTo(ClassificationReport.of(evaluation.matrix()));
    assertThat(evaluation.macroF1()).isCloseTo((2 / 3.0 + 1) / 4, within(1e-15));
    assertThat(evaluation.accuracyInterval()).isEqualTo(Interval.wilson95(2, 3));
  }

  @Test
  void withoutRowsEverythingIsZero() {
    Evaluation evaluation = evaluator.evaluation();

    assertThat(evaluation.rows()).isZero();
    assertThat(evaluation.loss()).isZero();
    assertThat(evaluation.top3Accuracy()).isZero();
  }

  @Test
  void rejectsLossesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluator.add(FIRST, new float[3]))
        .withMessage("3 losses for 2 rows");
  }

  @Test
  void rejectsRowsWithoutLabels() {
    assertThatIllegalStateException()
        .isThrownBy(() -> evaluator.add(PredictionBatch.of(0, 4, new float[4])))
        .withMessage("row 0 has no label");
  }
}
