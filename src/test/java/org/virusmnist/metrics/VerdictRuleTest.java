package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.metrics.VerdictRule.Verdict;

/** Calibration may take a name away, and never gives another one. */
class VerdictRuleTest {
  private static final List<String> NAMES = List.of("good", "bad");

  /** At temperature 2 the odds 9 : 1 become 3 : 1, and 99 : 1 become √99 : 1. */
  @Test
  void namesTheClassWhereTheCalibratedProbabilityIsHighEnough() {
    VerdictRule rule = new VerdictRule(new TemperatureScaling(2), 0.9, NAMES);
    List<Verdict> verdicts =
        rule.judge(PredictionBatch.of(0, 2, new float[] {0.1f, 0.9f, 0.99f, 0.01f}));

    assertThat(verdicts).extracting(Verdict::text).containsExactly("unsure", "good");
    assertThat(verdicts).extracting(Verdict::label).containsExactly(1, 0);
    assertThat(verdicts).extracting(Verdict::isUnsure).containsExactly(true, false);
    assertThat(verdicts.get(0).probability()).isCloseTo(0.75f, within(1e-6f));
    assertThat(verdicts.get(1).probability())
        .isCloseTo((float) (Math.sqrt(99) / (Math.sqrt(99) + 1)), within(1e-6f));
  }

  @Test
  void isSureAtTheThresholdItself() {
    VerdictRule rule = new VerdictRule(new TemperatureScaling(1), 0.5, NAMES);

    assertThat(rule.judge(PredictionBatch.of(0, 2, new float[] {0.5f, 0.5f})))
        .containsExactly(new Verdict(0, 0.5f, "good"));
  }

  @Test
  void isUsedToProbabilitiesOfZero() {
    VerdictRule rule = new VerdictRule(new TemperatureScaling(0.5), 0.9, NAMES);

    assertThat(rule.judge(PredictionBatch.of(0, 2, new float[] {0, 1})))
        .containsExactly(new Verdict(1, 1, "bad"));
    assertThat(rule.judge(PredictionBatch.of(0, 2, new float[0]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesAThresholdThatIsNoProbability(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VerdictRule(new TemperatureScaling(1), threshold, NAMES))
        .withMessage("probability to be unsure below is " + threshold + ", expected 0 to 1");
  }

  @Test
  void refusesOtherClasses() {
    VerdictRule rule = new VerdictRule(new TemperatureScaling(1), 0.5, NAMES);
    PredictionBatch batch = PredictionBatch.of(0, 3, new float[] {0, 0, 1});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.judge(batch))
        .withMessage("3 classes, expected 2");
  }
}
