package org.virusmnist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.virusmnist.training.Schedule.Shape;

/** The learning rate of every step, as a function of the step alone. */
class ScheduleTest {
  @Test
  void constantIsTheFullRateInEveryStep() {
    assertThat(Schedule.constant().rate(0.001f, 0, 100)).isEqualTo(0.001f);
    assertThat(Schedule.constant().rate(0.001f, 99, 100)).isEqualTo(0.001f);
  }

  @Test
  void cosineFallsFromTheFullRateThroughHalfOfItTowardsZero() {
    Schedule cosine = new Schedule(Shape.COSINE, 0);

    assertThat(cosine.rate(0.8f, 0, 100)).isEqualTo(0.8f);
    assertThat(cosine.rate(0.8f, 25, 100))
        .isCloseTo((float) (0.4 * (1 + Math.sqrt(0.5))), within(1e-6f));
    assertThat(cosine.rate(0.8f, 50, 100)).isCloseTo(0.4f, within(1e-6f));
    assertThat(cosine.rate(0.8f, 99, 100)).isBetween(0f, 0.001f);
  }

  @Test
  void warmUpRisesByTheSameAmountAndEndsAtTheFullRate() {
    Schedule warmup = new Schedule(Shape.CONSTANT, 4);

    assertThat(warmup.rate(0.4f, 0, 100)).isCloseTo(0.1f, within(1e-6f));
    assertThat(warmup.rate(0.4f, 2, 100)).isCloseTo(0.3f, within(1e-6f));
    assertThat(warmup.rate(0.4f, 3, 100)).isEqualTo(0.4f);
    assertThat(warmup.rate(0.4f, 4, 100)).isEqualTo(0.4f);
  }

  @Test
  void warmUpAndCosineMultiply() {
    Schedule both = new Schedule(Shape.COSINE, 100);

    assertThat(both.rate(1f, 49, 98)).isCloseTo(0.25f, within(1e-6f));
  }

  @Test
  void refusesNegativeWarmUp() {
    assertThatThrownBy(() -> new Schedule(Shape.CONSTANT, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warm-up steps is -1, expected 0 or more");
  }
}
