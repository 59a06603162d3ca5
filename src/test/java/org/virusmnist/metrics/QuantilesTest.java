package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void liesBetweenItsNeighbours() {
    assertThat(Quantiles.of(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2.5);
    assertThat(Quantiles.of(new double[] {4, 1, 3, 2}, 0)).isEqualTo(1);
    assertThat(Quantiles.of(new double[] {4, 1, 3, 2}, 1)).isEqualTo(4);
    assertThat(Quantiles.of(new double[] {7}, 0.3)).isEqualTo(7);
  }

  @Test
  void leavesTheSampleInItsOrder() {
    double[] sample = {3, 1, 2};

    Quantiles.of(sample, 0.5);

    assertThat(sample).containsExactly(3, 1, 2);
  }

  @Test
  void rejectsWhatHasNoQuantile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantiles.of(new double[0], 0.5))
        .withMessage("no values to take a quantile of");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantiles.of(new double[] {1}, 99))
        .withMessage("fraction is 99.0, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantiles.of(new double[] {1}, -0.1))
        .withMessage("fraction is -0.1, expected 0 to 1");
  }
}
