package org.virusmnist.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NearCountTest {
  @Test
  void hasNoAccuracyWhereNothingIsLeftOrKnown() {
    assertThat(new NearCount(0, 3, 3, 0).accuracyOfOthers()).isEmpty();
    assertThat(new NearCount(0, 1, 3, null).accuracyOfOthers()).isEmpty();
    assertThat(new NearCount(0, 0, 0, null).share()).isZero();
  }

  @Test
  void refusesAPartLargerThanTheWhole() {
    assertThatThrownBy(() -> new NearCount(0, 4, 3, null))
        .hasMessage("4 of 3 rows, expected 0 to all");
    assertThatThrownBy(() -> new NearCount(0, -1, 3, null))
        .hasMessage("-1 of 3 rows, expected 0 to all");
    assertThatThrownBy(() -> new NearCount(0, 1, 3, 3))
        .hasMessage("3 right of 2 rows, expected 0 to all");
    assertThatThrownBy(() -> new NearCount(0, 1, 3, -1))
        .hasMessage("-1 right of 2 rows, expected 0 to all");
  }
}
