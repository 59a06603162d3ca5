package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RunningMeanTest {
  private final RunningMean mean = new RunningMean();

  @Test
  void isZeroBeforeTheFirstValue() {
    assertThat(mean.mean()).isZero();
    assertThat(mean.weight()).isZero();
  }

  @Test
  void shortBatchCountsLess() {
    mean.add(1.0, 32);
    mean.add(4.0, 16);

    assertThat(mean.mean()).isEqualTo(2.0);
    assertThat(mean.weight()).isEqualTo(48);
  }

  @Test
  void valueWithoutWeightIsIgnoredEvenIfItIsNan() {
    mean.add(1.0, 2);
    mean.add(Double.NaN, 0);

    assertThat(mean.mean()).isEqualTo(1.0);
  }

  @Test
  void rejectsNegativeWeight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mean.add(1, -1))
        .withMessage("weight is -1, expected 0 or more");
  }
}
