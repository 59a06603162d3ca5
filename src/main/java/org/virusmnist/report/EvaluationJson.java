package org.virusmnist.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.AverageScore;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ClassificationReport;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.ReliabilityBin;

/**
 * {@code evaluation.json}: every score of a model on labelled rows.
 *
 * <p>Scores are named and defined as in scikit-learn, with {@code zero_division=0}; losses are in
 * nats; {@code accuracy_interval_95} is Wilson's. {@code confusion_matrix} has rows true, columns
 * predicted, and together with {@code loss}, {@code top3_accuracy}, the Brier score, the likelihood
 * and {@code reliability} is enough to read the evaluation back: the other scores follow from it. A
 * number that is not finite is null.
 */
public final class EvaluationJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int CONFUSED_PAIRS = 20;

  private EvaluationJson() {}

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code evaluation.json}
   * @param result the scores
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, EvaluationResult result) throws IOException {
    write(file, result, Map.of());
  }

  /**
   * Writes the file with further values at its end.
   *
   * @param file path of {@code evaluation.json}
   * @param result the scores
   * @param more values by name, such as a reading of the same rows in two stages
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, EvaluationResult result, Map<String, Object> more)
      throws IOException {
    JsonFile.write(file, toJson(result, more));
  }

  /**
   * Returns what {@link #write(Path, EvaluationResult, Map)} writes.
   *
   * @param result the scores
   * @param more values by name
   */
  public static String text(EvaluationResult result, Map<String, Object> more) {
    return JsonFile.text(toJson(result, more));
  }

  /**
   * Reads a file.
   *
   * @param file path of {@code evaluation.json}
   * @throws IOException if it cannot be read, is not JSON, or a value is missing or wrong, with the
   *     name of the file and of the value
   */
  public static EvaluationResult read(Path file) throws IOException {
    return EvaluationReader.read(file, JsonFile.read(file));
  }

  private static ObjectNode toJson(EvaluationResult result, Map<String, Object> more) {
    ObjectNode json = toJson(result);
    more.forEach(json::putPOJO);
    return json;
  }

  private static ObjectNode toJson(EvaluationResult result) {
    Evaluation evaluation = result.evaluation();
    ClassificationReport report = evaluation.report();
    ObjectNode json = NODES.objectNode();
    json.put("rows", evaluation.rows());
    json.set("accuracy", number(evaluation.accuracy()));
    json.set("accuracy_interval_95", interval(evaluation.accuracyInterval()));
    json.set("loss", number(evaluation.loss()));
    json.set("macro_f1", number(evaluation.macroF1()));
    json.set("weighted_f1", number(report.weighted().f1()));
    json.set("balanced_accuracy", number(report.balancedAccuracy()));
    json.set("top3_accuracy", number(evaluation.top3Accuracy()));
    json.set("cohen_kappa", number(report.cohenKappa()));
    json.set("matthews_correlation", number(report.matthews()));
    addCalibration(json, evaluation.calibration());
    addTrain(json, result.train());
    json.set("macro_average", average(report.macro()));
    json.set("weighted_average", average(report.weighted()));
    json.set("per_class", perClass(result, report));
    json.set("confused_pairs", confusedPairs(result));
    json.set("confusion_matrix", matrix(evaluation.matrix()));
    json.set("reliability", reliability(evaluation.calibration()));
    return json;
  }

  private static void addCalibration(ObjectNode json, Calibration calibration) {
    json.set("negative_log_likelihood", number(calibration.negativeLogLikelihood()));
    json.set("brier_score", number(calibration.brierScore()));
    json.set("expected_calibration_error", number(calibration.expectedError()));
    json.set("maximum_calibration_error", number(calibration.maximumError()));
  }

  private static void addTrain(ObjectNode json, @Nullable TrainScore train) {
    if (train != null) {
      json.put("train_rows", train.rows());
      json.set("train_accuracy", number(train.accuracy()));
      json.set("train_loss", number(train.loss()));
    }
  }

  private static ObjectNode average(AverageScore average) {
    ObjectNode json = NODES.objectNode();
    json.set("precision", number(average.precision()));
    json.set("recall", number(average.recall()));
    json.set("f1", number(average.f1()));
    return json;
  }

  private static ArrayNode perClass(EvaluationResult result, ClassificationReport report) {
    ArrayNode json = NODES.arrayNode();
    for (ClassScore score : report.classes()) {
      ObjectNode row = json.addObject();
      row.put("label", score.label());
      row.put("name", result.classNames().get(score.label()));
      row.set("precision", number(score.precision()));
      row.set("recall", number(score.recall()));
      row.set("f1", number(score.f1()));
      row.put("support", score.support());
    }
    return json;
  }

  private static ArrayNode confusedPairs(EvaluationResult result) {
    ArrayNode json = NODES.arrayNode();
    for (ConfusedPair pair : result.evaluation().matrix().mostConfused(CONFUSED_PAIRS)) {
      ObjectNode row = json.addObject();
      row.put("true", pair.trueClass());
      row.put("true_name", result.classNames().get(pair.trueClass()));
      row.put("predicted", pair.predictedClass());
      row.put("predicted_name", result.classNames().get(pair.predictedClass()));
      row.put("count", pair.count());
      row.set("share_of_true", number(pair.shareOfTrue()));
    }
    return json;
  }

  private static ArrayNode matrix(ConfusionMatrix matrix) {
    ArrayNode json = NODES.arrayNode();
    for (int t = 0; t < matrix.classCount(); t++) {
      ArrayNode row = json.addArray();
      for (int p = 0; p < matrix.classCount(); p++) {
        row.add(matrix.count(t, p));
      }
    }
    return json;
  }

  private static ArrayNode reliability(Calibration calibration) {
    ArrayNode json = NODES.arrayNode();
    for (ReliabilityBin bin : calibration.bins()) {
      ObjectNode row = json.addObject();
      row.set("lower", number(bin.lower()));
      row.set("upper", number(bin.upper()));
      row.put("rows", bin.rows());
      row.set("confidence", number(bin.confidence()));
      row.set("accuracy", number(bin.accuracy()));
    }
    return json;
  }

  private static ArrayNode interval(Interval interval) {
    return NODES.arrayNode().add(number(interval.low())).add(number(interval.high()));
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }
}
