package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How much scores vary over folds, groups and temperatures. */
class SpreadTest {
  @Test
  void isMeanAndSampleDeviation() {
    Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
    assertThat(Spread.of(3)).isEqualTo(new Spread(3, 0));
    assertThatThrownBy(Spread::of).hasMessage("no values, expected 1 or more");
  }

  @Test
  void ofGroupsIsWiderThanOfRowsWhereRowsOfAGroupAreAlike() {
    ConfusionMatrix right = ConfusionMatrix.of(new long[][] {{10, 0}, {0, 10}});
    ConfusionMatrix wrong = ConfusionMatrix.of(new long[][] {{0, 10}, {10, 0}});
    ConfusionMatrix[] groups = {right, right, right, right, right, right, wrong, wrong};
    Interval interval =
        new GroupBootstrap(groups, new Bootstrap(500, 1)).interval95(ConfusionMatrix::accuracy);
    Interval ofRows = Interval.wilson95(120, 160);

    assertThat(interval.low()).isLessThan(ofRows.low() - 0.1);
    assertThat(interval.high()).isGreaterThan(ofRows.high() + 0.1);
    assertThat(interval)
        .isEqualTo(
            new GroupBootstrap(groups, new Bootstrap(500, 1))
                .interval95(ConfusionMatrix::accuracy));
  }

  @Test
  void ofProbabilitiesThatAreTooModestStaysWhereTheFitIsNotBelieved() {
    float[] probabilities = {0.6f, 0.4f, 0.6f, 0.4f, 0.6f, 0.4f, 0.6f, 0.4f};
    int[] labels = {0, 0, 0, 1};
    PredictionBatch rows = PredictionBatch.of(0, 2, probabilities).withLabels(labels);
    TemperatureScaling fitted = TemperatureScaling.fitProbabilities(probabilities, labels, 2);
    Scaled scaled = Scaled.withoutSharpening(fitted, 4, List.of(rows));

    assertThat(fitted.temperature()).isLessThan(0.5);
    assertThat(scaled.isLimited()).isTrue();
    assertThat(scaled.fitted()).isEqualTo(fitted);
    assertThat(scaled.scaling()).isEqualTo(new TemperatureScaling(1));
    assertThat(scaled.after().expectedError())
        .isCloseTo(scaled.before().expectedError(), within(1e-6));
    assertThat(Scaled.of(fitted, 4, List.of(rows)).isLimited()).isFalse();
    assertThat(new TemperatureScaling(2).withoutSharpening()).isEqualTo(new TemperatureScaling(2));
  }

  @Test
  void ofProbabilitiesThatAreTooSureIsMendedByATemperature() {
    // Says 0.99 and is right three times out of four.
    PredictionBatch rows =
        PredictionBatch.of(
                0, 2, new float[] {0.99f, 0.01f, 0.99f, 0.01f, 0.99f, 0.01f, 0.99f, 0.01f})
            .withLabels(new int[] {0, 0, 0, 1});
    float[] probabilities = {0.99f, 0.01f, 0.99f, 0.01f, 0.99f, 0.01f, 0.99f, 0.01f};
    TemperatureScaling fitted =
        TemperatureScaling.fitProbabilities(probabilities, new int[] {0, 0, 0, 1}, 2);
    Scaled scaled = Scaled.of(fitted, 4, List.of(rows));

    assertThat(scaled.validationRows()).isEqualTo(4);
    assertThat(scaled.scaling().temperature()).isCloseTo(Math.log(99) / Math.log(3), within(1e-4));
    assertThat(scaled.before().expectedError()).isCloseTo(0.24, within(1e-6));
    assertThat(scaled.after().expectedError()).isCloseTo(0, within(1e-4));
    assertThat(Scaled.apply(scaled.scaling(), rows).probability(3, 1))
        .isCloseTo(0.25f, within(1e-4f));
  }
}
