package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Balanced weights make every class that occurs add the same to the loss. */
class ClassWeightsTest {
  @Test
  void weighsAsScikitLearnDoes() {
    // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 1, 2])
    assertThat(ClassWeights.balanced(new int[] {0, 2, 1, 0, 1, 0}, 3))
        .containsExactly(6f / 9, 1f, 2f);
  }

  @Test
  void leavesAClassWithoutRowsAtOneAndOutOfTheCount() {
    assertThat(ClassWeights.balanced(new int[] {0, 0, 0, 3}, 4))
        .containsExactly(4f / 6, 1f, 1f, 2f);
  }

  @Test
  void weighsNothingWithoutRows() {
    assertThat(ClassWeights.balanced(new int[0], 2)).containsExactly(1f, 1f);
  }
}
