package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AttributionsTest {
  private static final Attributions TWO =
      new Attributions(new float[] {1, -2, 3, 0, 0, 0}, new float[] {3.5f, 7}, new float[] {1, 7});

  @Test
  void measuresHowFarTheSumIsFromTheChangeOfTheLogit() {
    assertThat(TWO.relativeGap(0)).isCloseTo(0.5 / 6, within(1e-12));
    assertThat(TWO.relativeGap(1)).isZero();
  }

  @Test
  void keepsImagesApart() {
    assertThat(TWO.size()).isEqualTo(2);
    assertThat(TWO.of(0)).containsExactly(1, -2, 3);
    assertThat(TWO.of(1)).containsExactly(0, 0, 0);
  }

  @Test
  void refusesWhatDoesNotFit() {
    float[] one = {1};
    float[] two = {1, 2};
    assertThatThrownBy(() -> new Attributions(new float[3], two, two))
        .hasMessage("3 attributions for 2 logits and 2 baseline logits");
    assertThatThrownBy(() -> new Attributions(new float[2], two, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Attributions(new float[2], new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
