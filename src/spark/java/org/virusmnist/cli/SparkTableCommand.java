package org.virusmnist.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.spark.JobResult;
import org.virusmnist.spark.JobTables;
import org.virusmnist.spark.ModelSpec;
import org.virusmnist.spark.SparkRun;
import picocli.CommandLine.Mixin;

/** A batch verb that writes a row for every image a model sees. */
abstract class SparkTableCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SparkModelOptions model = new SparkModelOptions();
  @Mixin private SparkData data = new SparkData();
  @Mixin private SparkOptions spark = new SparkOptions();

  /** Writes the rows. */
  abstract JobResult run(SparkRun run, ModelSpec spec, JobTables tables) throws IOException;

  /** Runs the command. */
  @Override
  public final Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    SparkModelOptions.Checked checked = model.check();
    JobTables tables = spark.tables(data.path(), checked.classCount());
    spark.print(common.out(), spark.run(common, run -> run(run, checked.spec(), tables)));
  }
}
