package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void allOrNothingStillHasAWidth() {
    assertThat(Interval.wilson95(0, 10).low()).isZero();
    assertThat(Interval.wilson95(0, 10).high()).isGreaterThan(0.25);
    assertThat(Interval.wilson95(10, 10).low()).isLessThan(0.75);
    assertThat(Interval.wilson95(10, 10).high()).isOne();
  }

  @Test
  void knowsNothingWithoutTrials() {
    assertThat(Interval.wilson95(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void rejectsMoreSuccessesThanTrials() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interval.wilson95(11, 10))
        .withMessage("11 successes of 10 trials, expected 0 to 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interval.wilson95(-1, 10))
        .withMessage("-1 successes of 10 trials, expected 0 to 10");
  }

  @Test
  void rejectsEndsInTheWrongOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(0.6, 0.5))
        .withMessage("interval from 0.6 to 0.5 is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(Double.NaN, 0.5))
        .withMessage("interval from NaN to 0.5 is empty");
  }
}
