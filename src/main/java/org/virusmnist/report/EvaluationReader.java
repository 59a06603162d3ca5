package org.virusmnist.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.ReliabilityBin;

/** The values of {@code evaluation.json} from which the others follow. */
final class EvaluationReader {
  private EvaluationReader() {}

  static EvaluationResult read(Path file, JsonNode json) throws IOException {
    try {
      return new EvaluationResult(classNames(json), evaluation(json), train(json));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": is no evaluation (" + e.getMessage() + ")", e);
    }
  }

  private static Evaluation evaluation(JsonNode json) {
    return new Evaluation(
        ConfusionMatrix.of(counts(required(json, "/confusion_matrix"))),
        number(json, "/loss"),
        number(json, "/top3_accuracy"),
        new Calibration(
            reliability(required(json, "/reliability")),
            number(json, "/negative_log_likelihood"),
            number(json, "/brier_score")));
  }

  private static List<String> classNames(JsonNode json) {
    List<String> names = new ArrayList<>();
    for (JsonNode row : required(json, "/per_class")) {
      names.add(required(row, "/name").asText());
    }
    return names;
  }

  private static @Nullable TrainScore train(JsonNode json) {
    return json.has("train_rows")
        ? new TrainScore(
            whole(json.get("train_rows")),
            number(json, "/train_loss"),
            number(json, "/train_accuracy"))
        : null;
  }

  private static long[][] counts(JsonNode json) {
    List<long[]> rows = new ArrayList<>();
    for (JsonNode row : json) {
      long[] counts = new long[row.size()];
      for (int p = 0; p < counts.length; p++) {
        counts[p] = whole(row.get(p));
      }
      rows.add(counts);
    }
    return rows.toArray(long[][]::new);
  }

  private static List<ReliabilityBin> reliability(JsonNode json) {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (JsonNode row : json) {
      bins.add(
          new ReliabilityBin(
              number(row, "/lower"),
              number(row, "/upper"),
              whole(required(row, "/rows")),
              number(row, "/confidence"),
              number(row, "/accuracy")));
    }
    return bins;
  }

  private static double number(JsonNode json, String pointer) {
    JsonNode value = required(json, pointer);
    if (!value.isNumber() && !value.isNull()) {
      throw new IllegalArgumentException(
          pointer.substring(1) + " is " + value + ", expected a number");
    }
    return value.isNull() ? Double.NaN : value.doubleValue();
  }

  private static long whole(JsonNode value) {
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("count is " + value + ", expected a whole number");
    }
    return value.longValue();
  }

  private static JsonNode required(JsonNode json, String pointer) {
    JsonNode value = json.at(pointer);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException(pointer.substring(1) + " is missing");
    }
    return value;
  }
}
