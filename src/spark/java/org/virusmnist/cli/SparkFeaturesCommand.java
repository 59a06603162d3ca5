package org.virusmnist.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.virusmnist.spark.FeaturesJob;
import org.virusmnist.spark.JobResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the features of every image, on Spark. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes what the base of a model says of every image of CSV or Parquet files as Parquet: row,",
      "hash, label, features. Damaged rows and files go to OUTPUT-damaged, with the reason."
    },
    footer = {
      "",
      "Example:",
      "  virus-mnist spark features --model runs/1 --data 'images/*.parquet' --output features"
    })
final class SparkFeaturesCommand implements Callable<Integer> {
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
    FeaturesJob job =
        new FeaturesJob(checked.spec(), checked.classCount(), data, output, spark.partitions());
    JobResult result = spark.run(job::run);
    SparkOptions.print(common.out(), output, result);
  }
}
