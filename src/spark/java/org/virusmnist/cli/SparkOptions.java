package org.virusmnist.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.spark.JobResult;
import org.virusmnist.spark.JobTables;
import org.virusmnist.spark.SparkRun;
import org.virusmnist.spark.TaskProgress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of every batch verb. */
final class SparkOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description =
          "Where Spark runs, for example local[2]; spark-submit has an option of its own, which wins"
              + " (default: ${DEFAULT-VALUE}).")
  private String master = "local[*]";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Tasks to spread the rows over; 0 takes the input's own, at least one per core (default: 0).")
  private int partitions;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory to write; it must not exist.")
  private String output = "";

  /** A job on a connection. */
  @FunctionalInterface
  interface Job<R> {
    R run(SparkRun run) throws IOException;
  }

  /**
   * Runs a job and shows how far its stages are. A signal ends the process as Java does by itself,
   * so that Spark stops its executors and an unfinished output is deleted.
   */
  <R> R run(CommonOptions common, Job<R> job) throws IOException {
    partitions();
    common.stopSignals().close();
    StageBar bar = new StageBar(common.progressBar());
    try (SparkRun run = open(bar)) {
      return job.run(run);
    } finally {
      bar.end();
    }
  }

  private SparkRun open(StageBar bar) throws IOException {
    try {
      return SparkRun.open(spec.name(), master, bar);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--master is '%s', which Spark does not know, expected for example local[2] or spark://HOST:7077"
              .formatted(master),
          e);
    }
  }

  /** Draws a bar for the stages under way, as long as the command runs. */
  private static final class StageBar implements TaskProgress {
    private final ProgressBar bar;
    private boolean hasEnded;

    StageBar(ProgressBar bar) {
      this.bar = bar;
    }

    @Override
    public synchronized void started() {
      bar.start();
    }

    @Override
    public synchronized void advanced(int done, int total) {
      if (!hasEnded) { // Spark tells of the last tasks late
        bar.show("Spark      ", done, total, "%d of %d tasks".formatted(done, total));
      }
    }

    synchronized void end() {
      hasEnded = true;
      bar.clear();
    }
  }

  CommandSpec spec() {
    return spec;
  }

  int partitions() {
    if (partitions < 0) {
      throw new ParameterException(
          spec.commandLine(), "--partitions is " + partitions + ", expected 0 or more");
    }
    return partitions;
  }

  String output() {
    return output;
  }

  /** Returns what a job reads and writes. */
  JobTables tables(String data, int classCount) {
    return new JobTables(data, output, classCount, partitions());
  }

  /** Says what a job wrote and what it put aside. */
  void print(PrintWriter out, JobResult result) {
    out.println(String.format(Locale.ROOT, "Wrote %s: %,d rows", output, result.rows()));
    if (result.damaged() > 0) {
      out.println(
          String.format(
              Locale.ROOT,
              "Put aside %,d damaged rows and files: %s says why",
              result.damaged(),
              result.damagedPath()));
    }
  }
}
