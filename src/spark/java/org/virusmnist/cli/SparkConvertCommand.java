package org.virusmnist.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.spark.ConvertJob;
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
      "  scripts/virus-mnist spark convert --data data/train.csv.gz --output train",
      "  scripts/virus-mnist spark convert --data train --to csv --output shards --partitions 8"
    })
final class SparkConvertCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SparkData data = new SparkData();
  @Mixin private SparkClasses classes = new SparkClasses();
  @Mixin private SparkOptions spark = new SparkOptions();

  @Option(
      names = "--to",
      paramLabel = "parquet|csv",
      defaultValue = "parquet",
      description = "What to write; CSV files are gzipped (default: parquet).")
  private ConvertJob.Format to = ConvertJob.Format.PARQUET;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    ConvertJob job = new ConvertJob(spark.tables(data.path(), classes.count()), to);
    spark.print(common.out(), spark.run(common, job::run));
  }
}
