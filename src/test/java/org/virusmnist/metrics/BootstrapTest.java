package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void intervalOfAShareIsNearWilsons() {
    Interval interval = new Bootstrap(4000, 1).percentile95(1000, BootstrapTest::accuracy);
    Interval wilson = Interval.wilson95(300, 1000);

    assertThat(interval.low()).isCloseTo(wilson.low(), within(0.003));
    assertThat(interval.high()).isCloseTo(wilson.high(), within(0.003));
  }

  @Test
  void sameSeedGivesTheSameInterval() {
    assertThat(new Bootstrap(200, 7).percentile95(1000, BootstrapTest::accuracy))
        .isEqualTo(new Bootstrap(200, 7).percentile95(1000, BootstrapTest::accuracy))
        .isNotEqualTo(new Bootstrap(200, 8).percentile95(1000, BootstrapTest::accuracy));
  }

  @Test
  void statisticThatDoesNotVaryHasNoWidth() {
    assertThat(new Bootstrap(10, 1).percentile95(5, drawn -> drawn.length))
        .isEqualTo(new Interval(5, 5));
  }

  @Test
  void rejectsNothingToDraw() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(0, 1))
        .withMessage("resamples is 0, expected 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(1, 1).percentile95(0, BootstrapTest::accuracy))
        .withMessage("rows is 0, expected 1 or more");
  }

  /** 300 of 1,000 rows are right. */
  private static double accuracy(int[] drawn) {
    return Arrays.stream(drawn).filter(row -> row < 300).count() / (double) drawn.length;
  }
}
