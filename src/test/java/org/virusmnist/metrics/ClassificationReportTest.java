package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Numbers worked out by hand; {@link GoldenMetricsTest} has scikit-learn's. */
class ClassificationReportTest {
  private static final ClassificationReport REPORT =
      ClassificationReport.of(
          ConfusionMatrix.of(
              new long[][] {{5, 2, 0, 0}, {0, 3, 1, 0}, {4, 0, 0, 0}, {0, 0, 0, 0}}));

  @Test
  void scoresEachClass() {
    assertThat(REPORT.classes().get(0))
        .isEqualTo(new ClassScore(0, 5 / 9.0, 5 / 7.0, 10 / 16.0, 7));
    assertThat(REPORT.classes().get(1)).isEqualTo(new ClassScore(1, 3 / 5.0, 3 / 4.0, 6 / 9.0, 4));
  }

  @Test
  void scoreOfNothingByNothingIsZero() {
    assertThat(REPORT.classes().get(3)).isEqualTo(new ClassScore(3, 0, 0, 0, 0));
  }

  @Test
  void macroAverageRunsOverAllClassesEvenThoseThatNeverOccur() {
    assertThat(REPORT.macro().recall()).isCloseTo((5 / 7.0 + 3 / 4.0) / 4, within(1e-15));
    assertThat(REPORT.macro().f1()).isCloseTo((10 / 16.0 + 6 / 9.0) / 4, within(1e-15));
  }

  @Test
  void weightedAverageWeighsBySupport() {
    assertThat(REPORT.weighted().precision())
        .isCloseTo((7 * 5 / 9.0 + 4 * 3 / 5.0) / 15, within(1e-15));
    assertThat(REPORT.weighted().recall()).isCloseTo(REPORT.accuracy(), within(1e-15));
  }

  @Test
  void balancedAccuracyRunsOverTheClassesThatOccur() {
    assertThat(REPORT.balancedAccuracy()).isCloseTo((5 / 7.0 + 3 / 4.0) / 3, within(1e-15));
  }

  @Test
  void withoutRowsEveryScoreIsZero() {
    ClassificationReport empty = ClassificationReport.of(ConfusionMatrix.of(new long[2][2]));

    assertThat(empty.accuracy()).isZero();
    assertThat(empty.balancedAccuracy()).isZero();
    assertThat(empty.weighted()).isEqualTo(new AverageScore(0, 0, 0));
    assertThat(empty.cohenKappa()).isZero();
    assertThat(empty.matthews()).isZero();
  }

  @Test
  void agreementIsOneWhenAllIsRight() {
    ClassificationReport perfect =
        ClassificationReport.of(ConfusionMatrix.of(new long[][] {{3, 0}, {0, 4}}));

    assertThat(perfect.cohenKappa()).isEqualTo(1);
    assertThat(perfect.matthews()).isEqualTo(1);
  }

  @Test
  void agreementIsZeroWhenThereIsOneClassOnly() {
    ClassificationReport alone =
        ClassificationReport.of(ConfusionMatrix.of(new long[][] {{3, 0}, {0, 0}}));

    assertThat(alone.cohenKappa()).isZero();
    assertThat(alone.matthews()).isZero();
  }
}
