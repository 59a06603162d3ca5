package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
  /** Says 9:1 and is right three times of four: logits must shrink by ln 3 / ln 9 = 1/2. */
  private static final float[] LOGITS = logits((float) Math.log(9), 4);

  private static final int[] LABELS = {0, 0, 0, 1};

  @Test
  void findsTheTemperatureThatMakesConfidenceTrue() {
    assertThat(TemperatureScaling.fit(LOGITS, LABELS, 2).temperature()).isCloseTo(2, within(1e-7));
  }

  @Test
  void addingAConstantToARowChangesNothing() {
    float[] shifted = LOGITS.clone();
    shifted[0] += 8;
    shifted[1] += 8;

    assertThat(TemperatureScaling.fit(shifted, LABELS, 2).temperature())
        .isCloseTo(TemperatureScaling.fit(LOGITS, LABELS, 2).temperature(), within(1e-6));
  }

  @Test
  void stopsAtTheLimitWhenEverythingIsRight() {
    assertThat(TemperatureScaling.fit(LOGITS, new int[4], 2).temperature()).isEqualTo(0.01);
  }

  @Test
  void stopsAtTheLimitWhenEverythingIsWrong() {
    assertThat(TemperatureScaling.fit(LOGITS, new int[] {1, 1, 1, 1}, 2).temperature())
        .isEqualTo(100);
  }

  @Test
  void logitsThatSayNothingLeaveTheModestEnd() {
    assertThat(TemperatureScaling.fit(new float[8], LABELS, 2).temperature()).isEqualTo(100);
  }

  @Test
  void survivesHugeLogits() {
    float[] huge = logits(3e4f, 4);

    double temperature = TemperatureScaling.fit(huge, LABELS, 2).temperature();

    assertThat(temperature).isEqualTo(100);
    assertThat(new TemperatureScaling(1e4).probabilities(huge, 2)[0])
        .isCloseTo(0.9525741f, within(1e-6f));
  }

  @Test
  void largerTemperatureIsMoreModest() {
    assertThat(new TemperatureScaling(2).probabilities(logits((float) Math.log(9), 1), 2))
        .containsExactly(new float[] {0.75f, 0.25f}, within(1e-7f));
  }

  @Test
  void rejectsTemperaturesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemperatureScaling(0))
        .withMessage("temperature is 0.0, expected more than 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemperatureScaling(Double.POSITIVE_INFINITY))
        .withMessage("temperature is Infinity, expected more than 0");
  }

  @Test
  void rejectsLogitsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(new float[7], LABELS, 2))
        .withMessage("7 logits for 4 labels and 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(new float[0], new int[0], 2))
        .withMessage("0 logits for 0 labels and 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(LOGITS, new int[] {0, 0, 0, 2}, 2))
        .withMessage("label 3 is 2, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(LOGITS, new int[] {-1, 0, 0, 0}, 2))
        .withMessage("label 0 is -1, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(new float[] {Float.NaN, 0}, new int[1], 2))
        .withMessage("logit 0 is NaN, expected a finite number");
  }

  @Test
  void rejectsLogitsThatAreNoRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemperatureScaling(1).probabilities(new float[3], 2))
        .withMessage("3 logits cannot be rows of 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemperatureScaling(1).probabilities(new float[3], 0))
        .withMessage("3 logits cannot be rows of 0 classes");
  }

  private static float[] logits(float first, int rows) {
    float[] logits = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      logits[2 * i] = first;
    }
    return logits;
  }
}
