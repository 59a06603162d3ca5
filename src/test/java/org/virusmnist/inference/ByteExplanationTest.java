package org.virusmnist.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteExplanationTest {
  private final ByteExplanation explanation =
      new ByteExplanation(
          new byte[] {1, 0, 1, 1, 1},
          new float[] {1, 0, -3, 3, 2},
          new float[] {0.1f, 9, 0, 0.5f, 0.2f});

  @Test
  void ranksBytesByTheSizeOfTheirEffect() {
    assertThat(explanation.mostImportant(3)).containsExactly(2, 3, 4);
    assertThat(explanation.mostImportant(10)).containsExactly(2, 3, 4, 0);
  }

  @Test
  void comparesBothMeasuresWhereTheImageIsNotBlack() {
    assertThat(explanation.agreement()).isEqualTo(1);
  }

  @Test
  void handsOutCopies() {
    explanation.grey()[0] = 7;
    explanation.attributions()[0] = 7;
    explanation.occlusion()[0] = 7;

    assertThat(explanation.grey()[0]).isEqualTo((byte) 1);
    assertThat(explanation.attributions()[0]).isEqualTo(1);
    assertThat(explanation.occlusion()[0]).isEqualTo(0.1f);
  }

  @Test
  void refusesDifferentLengths() {
    assertThatThrownBy(() -> new ByteExplanation(new byte[2], new float[2], new float[1]))
        .hasMessage("2 bytes, 2 attributions and 1 occlusions, expected as many of each");
    assertThatThrownBy(() -> new ByteExplanation(new byte[2], new float[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
