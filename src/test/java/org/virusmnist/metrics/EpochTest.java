package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EpochTest {
  @Test
  void knowsWhetherItWasValidated() {
    assertThat(new Epoch(0, 1.5, 0.5, 1.6, 0.4).hasValidation()).isTrue();
    assertThat(Epoch.unvalidated(0, 1.5, 0.5).hasValidation()).isFalse();
  }

  @Test
  void holdsTheLossOfADivergedRun() {
    assertThat(new Epoch(3, Double.NaN, 0, Double.POSITIVE_INFINITY, 0).loss()).isNaN();
  }

  @Test
  void rejectsNegativeEpoch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Epoch(-1, 0, 0, 0, 0))
        .withMessage("epoch is -1, expected 0 or more");
  }

  @Test
  void rejectsAccuracyThatIsNoShare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Epoch(0, 0, 59, 0, 0))
        .withMessage("accuracy is 59.0, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Epoch.unvalidated(0, 0, Double.NaN))
        .withMessage("accuracy is NaN, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Epoch(0, 0, 0, 0, -0.5))
        .withMessage("val_accuracy is -0.5, expected 0 to 1");
  }
}
