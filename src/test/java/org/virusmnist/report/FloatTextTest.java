package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written reads back as the same float, whichever way it is parsed. */
class FloatTextTest {
  private static final int ROUNDS = 300_000;

  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        1f,
        0.5f,
        0.25f,
        0.1f,
        0.7f,
        0.01f,
        0.001f,
        0.33333334f,
        0.99999994f,
        9.4f,
        3.0E-6f,
        1.0E-4f,
        9.999999E-4f,
        1.0E-10f,
        1.2345678E-20f,
        10f,
        9.6f,
        -0.5f,
        1.0E10f,
        Float.NaN,
        Float.POSITIVE_INFINITY
      })
  void hasTheFormOfFloatToString(float value) {
    assertThat(text(value)).isEqualTo(Float.toString(value));
  }

  @Test
  void isAsShortAsCanBe() {
    assertThat(text(2.0E-3f)).isEqualTo("0.002");
    assertThat(text(Float.MIN_NORMAL)).isEqualTo("1.1754944E-38");
    assertThat(text(Float.MIN_VALUE)).isEqualTo("1.0E-45");
    assertThat(text(8.589973E-9f)).isEqualTo("8.589973E-9");
  }

  @Test
  void probabilitiesReadBackAsTheSameFloat() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ROUNDS; i++) {
      assertReadsBack((float) random.nextDouble());
    }
  }

  @Test
  void numbersOfEveryMagnitudeReadBackAsTheSameFloat() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < ROUNDS; i++) {
      assertReadsBack(Float.intBitsToFloat(random.nextInt(Float.floatToIntBits(9.5f))));
    }
  }

  @Test
  void neighboursOfPowersReadBackAsTheSameFloat() {
    for (int exponent = -149; exponent <= 3; exponent++) {
      assertNeighboursReadBack((float) Math.pow(2, exponent));
    }
    for (int exponent = -44; exponent <= 0; exponent++) {
      assertNeighboursReadBack((float) Math.pow(10, exponent));
    }
  }

  @Test
  void isNoLongerThanFloatToString() {
    SplittableRandom random = new SplittableRandom(3);
    int longer = 0;
    for (int i = 0; i < ROUNDS; i++) {
      float value = (float) random.nextDouble();
      longer += text(value).length() > Float.toString(value).length() ? 1 : 0;
    }
    assertThat(longer).isLessThan(ROUNDS / 1000);
  }

  private static void assertNeighboursReadBack(float value) {
    assertReadsBack(value);
    assertReadsBack(Math.nextUp(value));
    assertReadsBack(Math.nextDown(value));
  }

  private static void assertReadsBack(float value) {
    String text = text(value);
    if (Float.parseFloat(text) != value || (float) Double.parseDouble(text) != value) {
      assertThat(text).isEqualTo(Float.toString(value));
    }
  }

  private static String text(float value) {
    byte[] bytes = new byte[FloatText.MAX_BYTES + 3];
    int end = FloatText.write(value, bytes, 3);
    return new String(bytes, 3, end - 3, US_ASCII);
  }
}
