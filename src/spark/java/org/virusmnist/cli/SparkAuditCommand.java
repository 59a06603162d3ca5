package org.virusmnist.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.spark.AuditJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Finds test rows that the training set knows, on Spark. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Finds the test rows that have an equal or nearly equal training row, without comparing all"
            + " pairs, and writes them with their nearest one as Parquet.",
    footer = {
      "",
      "Example:",
      "  scripts/virus-mnist spark audit data/train.csv.gz data/test.csv.gz --output leaks"
    })
final class SparkAuditCommand implements Callable<Integer> {
  private static final int MAX_DISTANCE = 255;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SparkClasses classes = new SparkClasses();
  @Mixin private SparkOptions spark = new SparkOptions();

  @Parameters(index = "0", paramLabel = "TRAIN", description = "Training set, CSV or Parquet.")
  private String train = "";

  @Parameters(index = "1", paramLabel = "TEST", description = "Test set, CSV or Parquet.")
  private String test = "";

  @Option(
      names = "--distance",
      paramLabel = "BYTES",
      defaultValue = "16",
      description = "Rows are neighbours up to so many differing bytes, 0 to 255 (default: 16).")
  private int distance = 16;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    if (distance < 0 || distance > MAX_DISTANCE) {
      throw new ParameterException(
          spark.spec().commandLine(), "--distance is " + distance + ", expected 0 to 255");
    }
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    AuditJob.Found found =
        spark.run(
            common,
            new AuditJob(train, test, spark.output(), distance, classes.count(), spark.partitions())
                ::run);
    for (AuditJob.Near near : found.near()) {
      common
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,d of %,d test rows (%.1f %%) have a training row within %d differing bytes",
                  near.rows(),
                  found.testRows(),
                  100.0 * near.rows() / Math.max(1, found.testRows()),
                  near.bytes()));
    }
    common.out().println(found.conflicts() + " test rows equal a training row of another label");
    spark.print(common.out(), found.result());
  }
}
