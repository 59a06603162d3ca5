package org.virusmnist.cli;

import java.io.IOException;
import org.virusmnist.spark.FeaturesJob;
import org.virusmnist.spark.JobResult;
import org.virusmnist.spark.JobTables;
import org.virusmnist.spark.ModelSpec;
import org.virusmnist.spark.SparkRun;
import picocli.CommandLine.Command;

/** Writes the features of every image, on Spark. */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes what the base of a model says of every image of CSV or Parquet files as Parquet: row,"
            + " hash, label, features. Damaged rows and files go to OUTPUT-damaged, with the reason. On a GPU too a"
            + " call has 256 images unless --inference-batch says otherwise.",
    footer = {
      "",
      "Example:",
      "  scripts/virus-mnist spark features --model runs/1 --data 'images/*.parquet' --output features"
    })
final class SparkFeaturesCommand extends SparkTableCommand {
  @Override
  JobResult run(SparkRun run, ModelSpec spec, JobTables tables) throws IOException {
    return new FeaturesJob(spec, tables).run(run);
  }
}
