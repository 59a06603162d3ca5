package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CoverageCurveTest {
  @Test
  void thresholdItselfIsSure() {
    CoverageCurve.Counter counter = new CoverageCurve.Counter(4);
    counter.add(
        PredictionBatch.of(0, 2, new float[] {0.75f, 0.25f, 0.4f, 0.6f, 0.5f, 0.5f})
            .withLabels(new int[] {0, 0, 0}));

    assertThat(counter.curve().points())
        .containsExactly(
            new CoveragePoint(0, 1, 2 / 3.0),
            new CoveragePoint(0.25, 1, 2 / 3.0),
            new CoveragePoint(0.5, 1, 2 / 3.0),
            new CoveragePoint(0.75, 1 / 3.0, 1));
  }

  @Test
  void certainRowsReachTheLastThreshold() {
    CoverageCurve.Counter counter = new CoverageCurve.Counter(1);
    counter.add(PredictionBatch.of(0, 2, new float[] {1, 0}).withLabels(new int[] {1}));

    assertThat(counter.curve().points())
        .containsExactly(new CoveragePoint(0, 1, 0), new CoveragePoint(1, 1, 0));
  }

  @Test
  void withoutRowsThereIsNoPoint() {
    assertThat(new CoverageCurve.Counter(4).curve().points()).isEmpty();
  }

  @Test
  void rejectsNoSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CoverageCurve.Counter(0))
        .withMessage("steps is 0, expected 1 or more");
  }
}
