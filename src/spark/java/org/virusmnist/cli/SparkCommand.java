package org.virusmnist.cli;

import org.virusmnist.cli.train.TrainCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Names the batch verbs. */
@Command(
    name = "spark",
    mixinStandardHelpOptions = true,
    description =
        "The batch verbs on Apache Spark: inside this process, or on a cluster with spark-submit"
            + " (docs/scale.md); and train, on this machine, on Parquet as well.",
    subcommands = {
      SparkAuditCommand.class,
      SparkConvertCommand.class,
      SparkEvaluateCommand.class,
      SparkFeaturesCommand.class,
      SparkImagesCommand.class,
      SparkPredictCommand.class,
      TrainCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist spark predict --model runs/1 --data data/test.csv.gz --output predictions",
      "  scripts/virus-mnist spark convert --data data/train.csv.gz --output train.parquet"
    })
final class SparkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Explains that a verb is needed. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no verb given, expected one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
