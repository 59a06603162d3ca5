package org.virusmnist.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.virusmnist.spark.JobResult;
import org.virusmnist.spark.PredictJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's probabilities for every image, on Spark. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the probabilities of every image of CSV or Parquet files as Parquet, with the columns",
      "of a run's predictions.csv. Damaged rows and files go to OUTPUT-damaged, with the reason."
    },
    footer = {
      "",
      "Example:",
      "  virus-mnist spark predict --model runs/1 --data 'images/*.parquet' --output predictions"
    })
final class SparkPredictCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SparkModelOptions model = new SparkModelOptions();
  @Mixin private SparkOptions spark = new SparkOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "PATH",
      description =
          "CSV or Parquet: a file, a directory or a glob, on any file system of Hadoop's.")
  private String data = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory of Parquet files to write; it must not exist.")
  private String output = "";

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    SparkModelOptions.Checked checked = model.check();
    PredictJob job =
        new PredictJob(checked.spec(), checked.classCount(), data, output, spark.partitions());
    JobResult result = spark.run(job::run);
    SparkOptions.print(common.out(), output, result);
  }
}
