package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final PredictionBatch BATCH =
      PredictionBatch.of(0, 2, new float[] {0.75f, 0.25f, 0.25f, 0.75f, 0.5f, 0.5f, 1, 0})
          .withLabels(new int[] {0, 0, 1, 0});

  @Test
  void upperEndOfABinBelongsToIt() {
    Calibration calibration = calibration(4, BATCH);

    assertThat(calibration.bins())
        .containsExactly(
            new ReliabilityBin(0, 0.25, 0, 0, 0),
            new ReliabilityBin(0.25, 0.5, 1, 0.5, 0),
            new ReliabilityBin(0.5, 0.75, 2, 0.75, 0.5),
            new ReliabilityBin(0.75, 1, 1, 1, 1));
    assertThat(calibration.rows()).isEqualTo(4);
  }

  @Test
  void expectedErrorWeighsGapsByRows() {
    Calibration calibration = calibration(4, BATCH);

    assertThat(calibration.expectedError()).isEqualTo((1 * 0.5 + 2 * 0.25) / 4);
    assertThat(calibration.maximumError()).isEqualTo(0.5);
  }

  @Test
  void brierScoreSumsOverTheClasses() {
    assertThat(calibration(1, BATCH).brierScore())
        .isEqualTo((2 * 0.0625 + 2 * 0.5625 + 2 * 0.25) / 4);
  }

  @Test
  void probabilityOfZeroFallsIntoTheFirstBin() {
    PredictionBatch nothing =
        PredictionBatch.of(0, 2, new float[] {0, 0}).withLabels(new int[] {0});

    assertThat(calibration(3, nothing).bins().get(0).rows()).isOne();
  }

  @Test
  void probabilityRoundedAboveOneFallsIntoTheLastBin() {
    PredictionBatch above =
        PredictionBatch.of(0, 1, new float[] {1.0000001f}).withLabels(new int[] {0});

    assertThat(calibration(3, above).bins().get(2).rows()).isOne();
  }

  @Test
  void withoutRowsNothingIsWrong() {
    Calibration empty = new Calibration.Counter(2).calibration();

    assertThat(empty.expectedError()).isZero();
    assertThat(empty.maximumError()).isZero();
    assertThat(empty.negativeLogLikelihood()).isZero();
  }

  @Test
  void meanLogLikelihoodIsThatOfTheLabels() {
    assertThat(calibration(1, BATCH).negativeLogLikelihood())
        .isCloseTo(-(Math.log(0.75) + Math.log(0.25) + Math.log(0.5)) / 4, within(1e-15));
  }

  @Test
  void rejectsNoBins() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Calibration.Counter(0))
        .withMessage("bin count is 0, expected 1 or more");
  }

  private static Calibration calibration(int bins, PredictionBatch batch) {
    Calibration.Counter counter = new Calibration.Counter(bins);
    counter.add(batch);
    return counter.calibration();
  }
}
