package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MistakesTest {
  private static final PredictionBatch BATCH =
      PredictionBatch.of(
              10, 2, new float[] {0.6f, 0.4f, 0.1f, 0.9f, 0.8f, 0.2f, 0.4f, 0.6f, 0.4f, 0.6f})
          .withLabels(new int[] {1, 1, 1, 0, 0});

  @Test
  void mostConfidentMistakeComesFirstAndTiesKeepTheRowOrder() {
    Mistakes mistakes = new Mistakes(10);
    mistakes.add(BATCH);

    assertThat(mistakes.mostConfidentFirst())
        .extracting(row -> row.row(0))
        .containsExactly(12L, 10L, 13L, 14L);
  }

  @Test
  void keepsNoMoreThanTheLimit() {
    Mistakes mistakes = new Mistakes(3);
    mistakes.add(BATCH);
    mistakes.add(PredictionBatch.of(90, 2, new float[] {1, 0}).withLabels(new int[] {1}));

    assertThat(mistakes.mostConfidentFirst())
        .extracting(row -> row.row(0))
        .containsExactly(90L, 12L, 10L);
  }

  @Test
  void rejectsNegativeLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mistakes(-1))
        .withMessage("limit is -1, expected 0 or more");
  }
}
