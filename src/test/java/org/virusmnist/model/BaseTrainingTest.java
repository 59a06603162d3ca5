package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The base's learning rate follows the head's from step to step. */
class BaseTrainingTest {
  @Test
  void multipliesTheRateOfEveryStep() {
    BaseTraining base = BaseTraining.atRate(1e-5f, 1e-3f, 5);

    assertThat(base.rates(new float[] {1e-3f, 5e-4f, 0}))
        .containsExactly(1e-5f, (float) (5e-4f * (1e-5f / (double) 1e-3f)), 0);
    assertThat(base.lastBlocks()).isEqualTo(5);
  }

  @Test
  void changesNothingAtTheHeadsOwnRate() {
    float[] rates = {0.1f, 1e-7f, 3.3333f};

    assertThat(BaseTraining.atRate(0.003f, 0.003f, BaseTraining.ALL_BLOCKS).rates(rates))
        .containsExactly(rates);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> BaseTraining.atRate(0, 1, 1))
        .hasMessage(
            "the factor of the base's learning rate is 0.0, expected a finite number above 0");
    assertThatThrownBy(() -> BaseTraining.atRate(1, 0, 1)).hasMessageContaining("is Infinity");
    assertThatThrownBy(() -> new BaseTraining(1, 0))
        .hasMessage("blocks to train are 0, expected 1 or more");
  }
}
