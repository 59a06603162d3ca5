package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.CoveragePoint;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.PredictionBatch;

/** Of row 0 the model says 0.7, at temperature 0.5 0.84; of row 1 0.6, then 0.69. */
class CalibratedRowsTest {
  private static final PredictionBatch ROWS =
      PredictionBatch.of(0, 2, new float[] {0.7f, 0.3f, 0.4f, 0.6f}).withLabels(new int[] {0, 0});

  @TempDir private Path directory;
  private RunDirectory run;

  @BeforeEach
  void writePredictions() throws IOException {
    run = new RunDirectory(directory);
    PredictionsCsv.write(run.predictions(), 2, List.of(ROWS));
  }

  private void writeEvaluation(Map<String, Object> more) throws IOException {
    Evaluator evaluator = new Evaluator(2);
    evaluator.add(ROWS);
    EvaluationResult result = new EvaluationResult(List.of("a", "b"), evaluator.evaluation(), null);
    EvaluationJson.write(run.evaluation(), result, more);
  }

  private void writeFold(int number, int row, double temperature) throws IOException {
    Path fold = Files.createDirectories(run.fold(number));
    ConfigJson.write(fold.resolve("fold.json"), Map.of("temperature", temperature));
    PredictionsCsv.write(fold.resolve("predictions.csv"), 2, List.of(ROWS.single(row)));
  }

  private CalibratedRows read() throws IOException {
    return CalibratedRows.read(run, new JsonTree(ConfigJson.read(run.evaluation())));
  }

  private static CoveragePoint at(CoverageCurve curve, int percent) {
    return curve.points().get(percent);
  }

  @Test
  void thresholdsAreOfTheCalibratedProbability() throws IOException {
    writeEvaluation(Map.of("temperature_scaling", Map.of("temperature", 0.5)));

    CoverageCurve curve = read().coverage();
    assertThat(curve.isCalibrated()).isTrue();
    assertThat(at(curve, 80)).isEqualTo(new CoveragePoint(0.8, 0.5, 1));
  }

  @Test
  void withoutATemperatureTheyAreOfWhatTheModelGives() throws IOException {
    writeEvaluation(Map.of());

    CoverageCurve curve = read().coverage();
    assertThat(curve.isCalibrated()).isFalse();
    assertThat(curve.points()).hasSize(70);
    assertThat(at(curve, 65)).isEqualTo(new CoveragePoint(0.65, 0.5, 1));
  }

  @Test
  void everyFoldHasATemperatureOfItsOwn() throws IOException {
    writeEvaluation(Map.of());
    writeFold(1, 0, 1);
    writeFold(2, 1, 0.25);

    CoverageCurve curve = read().coverage();
    assertThat(curve.isCalibrated()).isTrue();
    assertThat(at(curve, 80)).isEqualTo(new CoveragePoint(0.8, 0.5, 0));
  }
}
