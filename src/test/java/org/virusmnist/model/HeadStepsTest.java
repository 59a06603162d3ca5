package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadStepsTest {
  private static final Regularization NONE = Regularization.none(3);

  @Test
  void cutsRowsIntoStepsOfEqualSize() {
    HeadSteps steps = new HeadSteps(new int[] {0, 1, 2, 3, 4, -1}, new float[] {1, 2}, NONE, 7);

    assertThat(steps.steps()).isEqualTo(2);
    assertThat(steps.batchSize()).isEqualTo(3);
    assertThat(steps).hasToString("2 steps of 3 rows");
  }

  @Test
  void refusesRowsThatDoNotDivideIntoSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeadSteps(new int[3], new float[2], NONE, 7))
        .withMessage("3 row numbers for 2 steps, expected a multiple");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeadSteps(new int[3], new float[0], NONE, 7))
        .withMessage("3 row numbers for 0 steps, expected a multiple");
  }

  @Test
  void keepsItsOwnCopyOfTheRows() {
    int[] rows = {0, 1};
    HeadSteps steps = new HeadSteps(rows, new float[] {1}, NONE, 7);
    rows[0] = 9;

    assertThat(steps.rows()).containsExactly(0, 1);
  }

  @Test
  void equalsStepsOfTheSameValuesOnly() {
    HeadSteps steps = steps(1, 0.5f, NONE, 7);

    assertThat(steps).isEqualTo(steps(1, 0.5f, NONE, 7)).hasSameHashCodeAs(steps(1, 0.5f, NONE, 7));
    assertThat(steps).isNotEqualTo(steps(2, 0.5f, NONE, 7));
    assertThat(steps).isNotEqualTo(steps(1, 0.25f, NONE, 7));
    assertThat(steps).isNotEqualTo(steps(1, 0.5f, Regularization.none(4), 7));
    assertThat(steps).isNotEqualTo(steps(1, 0.5f, NONE, 8));
    assertThat(steps).isNotEqualTo("steps");
  }

  private static HeadSteps steps(int row, float rate, Regularization regularization, long seed) {
    return new HeadSteps(new int[] {row}, new float[] {rate}, regularization, seed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.1|0|0|dropout is -0.1, expected at least 0 and less than 1",
        "1|0|0|dropout is 1.0, expected at least 0 and less than 1",
        "0|1|0|label smoothing is 1.0, expected at least 0 and less than 1",
        "0|0|-1|weight decay is -1.0, expected 0 or more",
        "0|0|NaN|weight decay is NaN, expected 0 or more",
      })
  void refusesRegularizationOutOfRange(float dropout, float smoothing, float decay, String says) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Regularization(dropout, smoothing, decay, new float[] {1}))
        .withMessage(says);
  }

  @Test
  void equalsRegularizationOfTheSameValuesOnly() {
    assertThat(regularization(0.5f, 0, 0, 1))
        .isEqualTo(regularization(0.5f, 0, 0, 1))
        .hasSameHashCodeAs(regularization(0.5f, 0, 0, 1))
        .isNotEqualTo(regularization(0.25f, 0, 0, 1))
        .isNotEqualTo(regularization(0.5f, 0.1f, 0, 1))
        .isNotEqualTo(regularization(0.5f, 0, 1, 1))
        .isNotEqualTo(regularization(0.5f, 0, 0, 2))
        .isNotEqualTo("none")
        .hasToString("dropout 0.5, label smoothing 0.0, weight decay 0.0, class weights [1.0]");
  }

  private static Regularization regularization(
      float dropout, float smoothing, float decay, float weight) {
    return new Regularization(dropout, smoothing, decay, new float[] {weight});
  }
}
