package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.session.ResultPrinter;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.report.ConfusionMatrixCsv;
import org.virusmnist.report.EvaluationJson;
import org.virusmnist.report.EvaluationResult;
import org.virusmnist.spark.EvaluateJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores a model on labelled images, on Spark. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Scores a trained run, or an exported SavedModel, on labelled CSV or Parquet files and writes"
            + " evaluation.json and confusion_matrix.csv into --output. Rows that are damaged or have no label go to"
            + " OUTPUT-damaged, with the reason. On a GPU too a"
            + " call has 256 images unless --inference-batch says otherwise.",
    footer = {
      "",
      "Example:",
      "  scripts/virus-mnist spark evaluate --model runs/1 --data data/test.csv.gz --output scores"
    })
final class SparkEvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SparkModelOptions model = new SparkModelOptions();
  @Mixin private SparkData data = new SparkData();
  @Mixin private SparkOptions spark = new SparkOptions();

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name (default: the names the model was trained with).")
  private @Nullable Path classNamesFile;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    SparkModelOptions.Checked checked = model.check();
    ClassNames names =
        checked.location().classNames(Path.of(data.path()), classNamesFile, checked.classCount());
    EvaluateJob job =
        new EvaluateJob(
            checked.spec(),
            spark.tables(data.path(), checked.classCount()),
            (directory, evaluation) -> write(directory, names, evaluation));
    EvaluateJob.Scores scores = spark.run(common, job::run);
    new ResultPrinter(common.out(), names).print(scores.evaluation());
    spark.print(common.out(), scores.result());
  }

  private static void write(Path directory, ClassNames names, Evaluation evaluation)
      throws IOException {
    EvaluationResult result = new EvaluationResult(names.toList(), evaluation, null);
    EvaluationJson.write(directory.resolve("evaluation.json"), result);
    ConfusionMatrixCsv.write(directory.resolve("confusion_matrix.csv"), result.namedMatrix());
  }
}
