package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.report.tensorboard.EventFile;

/** Shows TensorBoard what came out of a run: scores, charts and what the run was asked to do. */
final class TensorBoardResults {
  private TensorBoardResults() {}

  /** Writes the events of a finished run, in place of those that are there. */
  static void write(RunDirectory run, Evaluation test) throws IOException {
    JsonTree config = new JsonTree(ConfigJson.read(run.config()));
    try (EventFile file =
        EventFile.create(run.tensorboard().resolve("test"), System::currentTimeMillis)) {
      file.addHyperParameters(
          hyperParameters(config),
          (double) OffsetDateTime.parse(config.at("started").text()).toEpochSecond());
      file.addScalars(0, scores(test));
      for (Path chart :
          List.of(run.confusionMatrixChart(), run.samplesChart(), run.misclassifiedChart())) {
        if (Files.exists(chart)) {
          file.addImage(0, tag(chart), Files.readAllBytes(chart));
        }
      }
    }
  }

  private static String tag(Path chart) {
    return String.valueOf(chart.getFileName()).replace(".png", "");
  }

  private static Map<String, Double> scores(Evaluation test) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("test_accuracy", test.accuracy());
    scores.put("test_loss", test.loss());
    scores.put("test_macro_f1", test.macroF1());
    scores.put("test_calibration_error", test.calibration().expectedError());
    return scores;
  }

  private static Map<String, Object> hyperParameters(JsonTree config) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (config.at("options").value() instanceof Map<?, ?> options) {
      options.forEach(
          (name, value) -> {
            boolean isPlain = value instanceof Number || value instanceof Boolean;
            values.put(String.valueOf(name), isPlain ? value : String.valueOf(value));
          });
    }
    values.put("model", config.at("model", "directory").text());
    return values;
  }
}
