package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StepResultsTest {
  @Test
  void hasALossAndACountForEveryStep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepResults(new float[2], new int[1]))
        .withMessage("2 losses and 1 counts, expected as many of both");
    assertThat(results(0.5f, 3).steps()).isEqualTo(1);
  }

  @Test
  void equalsResultsOfTheSameValuesOnly() {
    assertThat(results(0.5f, 3))
        .isEqualTo(results(0.5f, 3))
        .hasSameHashCodeAs(results(0.5f, 3))
        .isNotEqualTo(results(0.25f, 3))
        .isNotEqualTo(results(0.5f, 4))
        .isNotEqualTo("results")
        .hasToString("losses [0.5], correct [3]");
  }

  @Test
  void batchScoresHaveTheSameNumberOfProbabilitiesForEveryRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchScores(new float[2], new float[3]))
        .withMessage("3 probabilities for 2 rows, expected a multiple");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchScores(new float[0], new float[3]))
        .withMessage("3 probabilities for 0 rows, expected a multiple");
  }

  @Test
  void batchScoresEqualScoresOfTheSameValuesOnly() {
    assertThat(scores(0.5f, 1))
        .isEqualTo(scores(0.5f, 1))
        .hasSameHashCodeAs(scores(0.5f, 1))
        .isNotEqualTo(scores(0.25f, 1))
        .isNotEqualTo(scores(0.5f, 0))
        .isNotEqualTo("scores")
        .hasToString("scores of 1 rows");
  }

  private static StepResults results(float loss, int correct) {
    return new StepResults(new float[] {loss}, new int[] {correct});
  }

  private static BatchScores scores(float loss, float probability) {
    return new BatchScores(new float[] {loss}, new float[] {probability});
  }
}
