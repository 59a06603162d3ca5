package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.ReadingOptions;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.TemperatureScaling;

/**
 * What a trained model is worth.
 *
 * @param test on the test rows
 * @param train on the training rows
 * @param scaled calibration of the test rows with and without a temperature fitted on the
 *     validation rows
 */
record Outcome(TestScores test, Score train, Scaled scaled) {
  static Outcome of(HeadTraining head, DataOptions data, DataOptions.Rows rows) throws IOException {
    TestScores test = TestScores.of(head, rows);
    return new Outcome(test, head.scoreTraining(), scaled(head, data, rows, test));
  }

  /**
   * Fits a temperature on the validation rows and applies it to what was said of others; to
   * sharpen, those rows must have been kept apart from the training rows.
   */
  static Scaled scaled(HeadTraining head, DataOptions data, DataOptions.Rows rows, TestScores test)
      throws IOException {
    TemperatureScaling fitted = head.fitTemperature();
    int fittedOn = rows.validation().size();
    return isDrawnRowByRow(data.record())
        ? Scaled.withoutSharpening(fitted, fittedOn, test.batches())
        : Scaled.of(fitted, fittedOn, test.batches());
  }

  /** What {@code config.json} says of a split: its groups, if it has any; nothing of files. */
  static boolean isDrawnRowByRow(Map<String, Object> split) {
    return split.containsKey("validation_split") && !split.containsKey("groups");
  }

  /** Returns what was said of the test rows, calibrated too. */
  Predictions predictions() {
    return Predictions.of(test.batches(), scaled.scaling());
  }

  private Map<String, Object> readings(ReadingOptions reading) {
    return reading.values(predictions(), test.evaluation().matrix().classCount());
  }

  /** Returns what a script wants to know of a run. */
  Map<String, Object> summary(Path run, ReadingOptions reading) {
    Evaluation evaluation = test.evaluation();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("run", run);
    summary.put("rows", evaluation.rows());
    summary.put("accuracy", evaluation.accuracy());
    summary.put("loss", evaluation.loss());
    summary.put("macro_f1", evaluation.macroF1());
    summary.put("train_accuracy", train.accuracy());
    summary.put("train_loss", train.loss());
    summary.put("temperature", scaled.scaling().temperature());
    summary.putAll(readings(reading));
    return summary;
  }

  /** Returns what {@code evaluation.json} says beyond the scores. */
  Map<String, Object> more(ReadingOptions reading) {
    Map<String, Object> scaling = new LinkedHashMap<>();
    scaling.put("temperature", scaled.scaling().temperature());
    scaling.put("fitted_temperature", scaled.fitted().temperature());
    scaling.put("validation_rows", scaled.validationRows());
    scaling.put("expected_calibration_error", scaled.after().expectedError());
    scaling.put("negative_log_likelihood", scaled.after().negativeLogLikelihood());
    scaling.put("brier_score", scaled.after().brierScore());
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("temperature_scaling", scaling);
    more.putAll(readings(reading));
    return more;
  }
}
