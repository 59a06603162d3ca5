package org.virusmnist.cli;

import java.io.IOException;
import org.virusmnist.spark.JobResult;
import org.virusmnist.spark.JobTables;
import org.virusmnist.spark.ModelSpec;
import org.virusmnist.spark.PredictJob;
import org.virusmnist.spark.SparkRun;
import picocli.CommandLine.Command;

/** Writes a model's probabilities for every image, on Spark. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes the probabilities of every image of CSV or Parquet files as Parquet, with the columns"
            + " of a run's predictions.csv. Damaged rows and files go to OUTPUT-damaged, with the reason. On a GPU too a"
            + " call has 256 images unless --inference-batch says otherwise.",
    footer = {
      "",
      "Example:",
      "  scripts/virus-mnist spark predict --model runs/1 --data 'images/*.parquet' --output predictions"
    })
final class SparkPredictCommand extends SparkTableCommand {
  @Override
  JobResult run(SparkRun run, ModelSpec spec, JobTables tables) throws IOException {
    return new PredictJob(spec, tables).run(run);
  }
}
