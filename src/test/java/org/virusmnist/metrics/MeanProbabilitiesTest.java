package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Several predictions as one. */
class MeanProbabilitiesTest {
  @Test
  void isTheMeanOfEveryValue() {
    MeanProbabilities mean = new MeanProbabilities(4);
    mean.add(new float[] {1, 0, 0.5f, 0.5f});
    mean.add(new float[] {0.5f, 0.5f, 0.25f, 0.75f});
    mean.add(new float[] {0, 1, 0, 1});

    assertThat(mean.mean()).containsExactly(0.5f, 0.5f, 0.25f, 0.75f);
  }

  @Test
  void isThePredictionItselfWhereThereIsOne() {
    MeanProbabilities mean = new MeanProbabilities(2);
    mean.add(new float[] {0.1f, 0.9f});

    assertThat(mean.mean()).containsExactly(0.1f, 0.9f);
  }

  @Test
  void needsPredictionsOfTheSameRows() {
    MeanProbabilities mean = new MeanProbabilities(2);

    assertThatThrownBy(mean::mean).hasMessage("no predictions, expected 1 or more");
    assertThatThrownBy(() -> mean.add(new float[3])).hasMessage("3 probabilities, expected 2");
  }
}
