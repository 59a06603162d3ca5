package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void heedsOrderAlone() {
    assertThat(RankCorrelation.spearman(floats(1, 2, 3), floats(-5, 0, 900))).isEqualTo(1);
    assertThat(RankCorrelation.spearman(floats(1, 2, 3), floats(3, 2, 1))).isEqualTo(-1);
  }

  /** scipy.stats.spearmanr([1, 2, 2, 5, 4], [3, 1, 2, 2, 9]).statistic. */
  @Test
  void sharesRanksOfTies() {
    assertThat(RankCorrelation.spearman(floats(1, 2, 2, 5, 4), floats(3, 1, 2, 2, 9)))
        .isCloseTo(0.026315789473684213, within(1e-12));
  }

  @Test
  void hasNoValueWhereNothingDiffers() {
    assertThat(RankCorrelation.spearman(floats(1, 1), floats(1, 2))).isNaN();
  }

  @Test
  void refusesDifferentLengths() {
    assertThatThrownBy(() -> RankCorrelation.spearman(floats(1), floats(1, 2)))
        .hasMessage("1 values against 2, expected as many");
  }

  private static float[] floats(float... values) {
    return values;
  }
}
