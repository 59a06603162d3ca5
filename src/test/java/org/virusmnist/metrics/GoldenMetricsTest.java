package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every score equals scikit-learn's; {@code scripts/golden_metrics.py} wrote the numbers. */
class GoldenMetricsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @ParameterizedTest
  @MethodSource("cases")
  void confusionMatrixIsTheSame(GoldenCase golden) {
    assertThat(golden.evaluation().matrix()).isEqualTo(golden.confusion());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresByClassAreTheSame(GoldenCase golden) {
    List<ClassScore> classes = golden.evaluation().report().classes();
    for (int c = 0; c < classes.size(); c++) {
      ClassScore score = classes.get(c);
      assertThat(
              new double[] {score.precision(), score.recall(), score.f1(), score.support() * 1.0})
          .containsExactly(golden.numbers("/per_class/" + c), EXACT);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averagesAreTheSame(GoldenCase golden) {
    ClassificationReport report = golden.evaluation().report();
    assertThat(values(report.macro())).containsExactly(golden.numbers("/macro"), EXACT);
    assertThat(values(report.weighted())).containsExactly(golden.numbers("/weighted"), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averageOverPresentClassesIsTheSame(GoldenCase golden) {
    ConfusionMatrix matrix = golden.evaluation().matrix();
    assertThat(PresentClasses.macroF1(matrix)).isCloseTo(golden.number("macro_f1_present"), EXACT);
    assertThat(PresentClasses.count(matrix)).isEqualTo((int) golden.number("classes_present"));
  }

  @Test
  void outputsOfASigmoidHeadAreReadByTheirShareOfTheRow() {
    GoldenCase golden = new GoldenCase(document().get("sigmoid_head"));
    Evaluation evaluation = golden.evaluation();
    assertThat(evaluation.loss()).isCloseTo(golden.number("log_loss"), EXACT);
    assertThat(evaluation.calibration().negativeLogLikelihood()).isEqualTo(evaluation.loss());
    assertThat(evaluation.calibration().brierScore()).isCloseTo(golden.number("brier"), EXACT);
    reliabilityIsTheSame(golden);
    TwoStage twoStage = TwoStage.of(List.of(golden.batch()), 5, 0);
    assertThat(twoStage.falseAlarms()).isEqualTo((long) golden.number("false_alarms"));
    assertThat(twoStage.missed()).isEqualTo((long) golden.number("missed"));
    assertThat(twoStage.rocAuc()).isCloseTo(golden.number("roc_auc"), EXACT);
    Selection selection = Selection.of(List.of(golden.batch()), 0.5);
    assertThat(new double[] {selection.sure(), selection.correct()})
        .containsExactly(golden.numbers("/sure"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void singleScoresAreTheSame(GoldenCase golden) {
    ClassificationReport report = golden.evaluation().report();
    assertThat(report.accuracy()).isCloseTo(golden.number("accuracy"), EXACT);
    assertThat(report.balancedAccuracy()).isCloseTo(golden.number("balanced_accuracy"), EXACT);
    assertThat(report.cohenKappa()).isCloseTo(golden.number("cohen_kappa"), EXACT);
    assertThat(report.matthews()).isCloseTo(golden.number("matthews"), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilisticScoresAreTheSame(GoldenCase golden) {
    Evaluation evaluation = golden.evaluation();
    Calibration calibration = evaluation.calibration();
    assertThat(evaluation.loss()).isCloseTo(golden.number("log_loss"), EXACT);
    assertThat(evaluation.top3Accuracy()).isCloseTo(golden.number("top3_accuracy"), EXACT);
    assertThat(calibration.negativeLogLikelihood()).isCloseTo(golden.number("log_loss"), EXACT);
    assertThat(calibration.brierScore()).isCloseTo(golden.number("brier"), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reliabilityIsTheSame(GoldenCase golden) {
    Calibration calibration = golden.evaluation().calibration();
    List<ReliabilityBin> filled =
        calibration.bins().stream().filter(bin -> bin.rows() > 0).toList();
    assertThat(calibration.bins().stream().mapToDouble(ReliabilityBin::rows).toArray())
        .containsExactly(golden.numbers("/bin_rows"));
    assertThat(filled.stream().mapToDouble(ReliabilityBin::confidence).toArray())
        .containsExactly(golden.numbers("/bin_confidence"), EXACT);
    assertThat(filled.stream().mapToDouble(ReliabilityBin::accuracy).toArray())
        .containsExactly(golden.numbers("/bin_accuracy"), EXACT);
    assertThat(calibration.expectedError())
        .isCloseTo(golden.number("expected_calibration_error"), EXACT);
    assertThat(calibration.maximumError())
        .isCloseTo(golden.number("maximum_calibration_error"), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void coverageIsTheSame(GoldenCase golden) {
    CoverageCurve.Counter counter = new CoverageCurve.Counter(20);
    counter.add(golden.batch());
    List<CoveragePoint> points = counter.curve().points();
    assertThat(points).hasSize(golden.size("/coverage"));
    for (int i = 0; i < points.size(); i++) {
      CoveragePoint point = points.get(i);
      assertThat(new double[] {point.threshold(), point.coverage(), point.accuracy()})
          .containsExactly(golden.numbers("/coverage/" + i), EXACT);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void temperatureIsTheSame(GoldenCase golden) {
    double temperature =
        TemperatureScaling.fit(golden.logits(), golden.labels(), golden.classCount()).temperature();
    assertThat(temperature / golden.number("temperature")).isCloseTo(1, within(1e-10));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void accuracyIntervalIsTheSame(GoldenCase golden) {
    Interval interval = golden.evaluation().accuracyInterval();
    assertThat(new double[] {interval.low(), interval.high()})
        .containsExactly(golden.numbers("/accuracy_interval"), EXACT);
  }

  @Test
  void wilsonIntervalsAreTheSame() {
    for (JsonNode row : document().get("wilson")) {
      Interval interval = Interval.wilson95(row.get(0).asLong(), row.get(1).asLong());
      assertThat(interval.low()).isCloseTo(row.get(2).asDouble(), EXACT);
      assertThat(interval.high()).isCloseTo(row.get(3).asDouble(), EXACT);
    }
  }

  @Test
  void quantilesAreTheSame() {
    JsonNode golden = document().get("quantiles");
    double[] values = GoldenCase.numbers(golden.get("values"));
    double[] fractions = GoldenCase.numbers(golden.get("fractions"));
    for (int i = 0; i < fractions.length; i++) {
      assertThat(Quantiles.of(values, fractions[i]))
          .isCloseTo(golden.get("expected").get(i).asDouble(), EXACT);
    }
  }

  static Stream<GoldenCase> cases() {
    return StreamSupport.stream(document().get("cases").spliterator(), false).map(GoldenCase::new);
  }

  private static double[] values(AverageScore average) {
    return new double[] {average.precision(), average.recall(), average.f1()};
  }

  private static JsonNode document() {
    try (InputStream in = GoldenMetricsTest.class.getResourceAsStream("/metrics/golden.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
