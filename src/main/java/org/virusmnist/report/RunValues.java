package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.PredictionBatch;

/**
 * Everything a run's files say.
 *
 * @param name the directory's name
 * @param config {@code config.json}
 * @param history {@code history.csv}
 * @param result {@code evaluation.json}
 * @param coverage accuracy and coverage by threshold of the calibrated probability, from {@code
 *     predictions.csv} and the temperature
 * @param mistakes {@code misclassified.csv}, each row a batch of one, the most confident first
 * @param images pictures of the misclassified rows, as far as they are known
 * @param times {@code times.json}, or null where there is none
 * @param audit {@code audit.json}, empty where there is none
 * @param explanations {@code explanations.json}, of nothing where there is none or it is of other
 *     data than the test rows
 * @param baselines {@code baselines.csv}, empty where there is none
 * @param details what only some runs have
 */
public record RunValues(
    String name,
    JsonTree config,
    HistoryTable history,
    EvaluationResult result,
    CoverageCurve coverage,
    List<PredictionBatch> mistakes,
    RowImages images,
    @Nullable RunTimes times,
    JsonTree audit,
    Explanations explanations,
    List<BaselineScore> baselines,
    RunDetails details) {
  /** Copies the lists. */
  public RunValues {
    mistakes = List.copyOf(mistakes);
    baselines = List.copyOf(baselines);
  }

  /** Returns the same run with other details. */
  public RunValues with(RunDetails others) {
    return new RunValues(
        name,
        config,
        history,
        result,
        coverage,
        mistakes,
        images,
        times,
        audit,
        explanations,
        baselines,
        others);
  }

  /**
   * Reads a run; samples are left out.
   *
   * @param run the directory
   * @param images pictures of the rows of {@code misclassified.csv}
   * @throws IOException if a file is missing or damaged, with its name
   */
  public static RunValues read(RunDirectory run, RowImages images) throws IOException {
    JsonTree config = new JsonTree(ConfigJson.read(run.config()));
    HistoryTable history = HistoryCsv.read(run.history());
    EvaluationResult result = EvaluationJson.read(run.evaluation());
    JsonTree evaluation = optional(run.evaluation());
    CalibratedRows rows = CalibratedRows.read(run, evaluation);
    List<PredictionBatch> mistakes = new ArrayList<>();
    PredictionsCsv.read(run.misclassified(), mistakes::add);
    return new RunValues(
        run.root().toAbsolutePath().normalize().getFileName().toString(),
        config,
        history,
        result,
        rows.coverage(),
        mistakes,
        images,
        Files.exists(run.times()) ? RunTimes.read(run.times()) : null,
        optional(run.audit()),
        explanations(run, config),
        Files.exists(run.baselines()) ? BaselinesCsv.read(run.baselines()) : List.of(),
        details(run, evaluation, rows.calibration()));
  }

  private static RunDetails details(
      RunDirectory run, JsonTree evaluation, @Nullable Calibration calibrated) throws IOException {
    return new RunDetails(
        evaluation,
        optional(run.crossValidation()),
        optional(run.model().resolve("contract.json")),
        calibrated,
        List.of());
  }

  /** Rows of other data than the run was tested on explain none of its mistakes. */
  private static Explanations explanations(RunDirectory run, JsonTree config) throws IOException {
    if (!Files.exists(run.explanations())) {
      return Explanations.none();
    }
    Explanations found = Explanations.read(run.explanations());
    String tested = config.at("data", "test", "sha256").text();
    boolean isOfTest = found.dataSha256().isEmpty() || found.dataSha256().equals(tested);
    return isOfTest ? found : Explanations.none();
  }

  private static JsonTree optional(Path file) throws IOException {
    return new JsonTree(Files.exists(file) ? ConfigJson.read(file) : null);
  }

  /** Returns the names of the classes, class 0 first. */
  public List<String> classNames() {
    return result.classNames();
  }

  /** Returns a class as its number and, where it has one, its name. */
  public String label(int label) {
    String number = Integer.toString(label);
    String name = classNames().get(label);
    return name.equals(number) ? number : number + " " + name;
  }
}
