package org.virusmnist.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.virusmnist.spark.ConvertJob;
import org.virusmnist.spark.JobResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns CSV into Parquet and back. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Turns CSV files in the Virus-MNIST format into Parquet, and Parquet into such CSV files.",
      "Damaged rows and files go to OUTPUT-damaged, with the reason."
    },
    footer = {
      "",
      "Examples:",
      "  virus-mnist spark convert --data data/train.csv.gz --output train",
      "  virus-mnist spark convert --data train --to csv --output shards --partitions 8"
    })
final class SparkConvertCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
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
      description = "Directory to write; it must not exist.")
  private String output = "";

  @Option(
      names = "--to",
      paramLabel = "parquet|csv",
      defaultValue = "parquet",
      description = "What to write; CSV files are gzipped (default: parquet).")
  private ConvertJob.Format to = ConvertJob.Format.PARQUET;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Labels are 0 to N - 1 (default: 10).")
  private int classes = 10;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    ConvertJob job = new ConvertJob(data, output, to, classes, spark.partitions());
    JobResult result = spark.run(job::run);
    SparkOptions.print(common.out(), output, result);
  }
}
