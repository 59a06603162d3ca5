package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisRangeTest {
  private static final AxisRange FREE =
      new AxisRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final AxisRange PERCENT = new AxisRange(0, 100);

  @Test
  void hasAMarginAroundTheValues() {
    AxisRange range = AxisRange.of(DoubleStream.of(3, 1, 2), FREE);

    assertThat(range.low()).isCloseTo(0.88, within(1e-12));
    assertThat(range.high()).isCloseTo(3.12, within(1e-12));
  }

  @Test
  void marginEndsAtWhatIsPossible() {
    assertThat(AxisRange.of(DoubleStream.of(0, 100), PERCENT)).isEqualTo(PERCENT);
  }

  @Test
  void equalValuesStillHaveARange() {
    assertThat(AxisRange.of(DoubleStream.of(2, 2), FREE)).isEqualTo(new AxisRange(1.8, 2.2));
    assertThat(AxisRange.of(DoubleStream.of(0, 0), FREE)).isEqualTo(new AxisRange(-0.05, 0.05));
    assertThat(AxisRange.of(DoubleStream.of(100), PERCENT)).isEqualTo(new AxisRange(90, 100));
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOut() {
    AxisRange range =
        AxisRange.of(DoubleStream.of(1, Double.NaN, 2, Double.POSITIVE_INFINITY), FREE);

    assertThat(range.high()).isCloseTo(2.06, within(1e-12));
    assertThat(AxisRange.of(DoubleStream.of(Double.NaN), FREE).low()).isLessThan(0);
  }

  @Test
  void singleEpochStandsInTheMiddle() {
    assertThat(AxisRange.ofEpochs(7, 7)).isEqualTo(new AxisRange(6.5, 7.5));
  }

  @Test
  void epochsHaveSomeAir() {
    assertThat(AxisRange.ofEpochs(0, 9)).isEqualTo(new AxisRange(-0.25, 9.25));
    assertThat(AxisRange.ofEpochs(0, 100)).isEqualTo(new AxisRange(-1.5, 101.5));
  }
}
