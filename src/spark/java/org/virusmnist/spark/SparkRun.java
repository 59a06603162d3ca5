package org.virusmnist.spark;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;

/**
 * A connection to Spark and what jobs on it share.
 *
 * <p>Under {@code spark-submit} the master is what was given there; otherwise Spark runs inside
 * this process.
 */
public final class SparkRun implements AutoCloseable {
  private static final String MASTER = "spark.master";
  private static final String JAVA_OPTIONS = "spark.executor.defaultJavaOptions";
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC\\b");

  /** What holds unless {@code spark-submit} says otherwise. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.ui.showConsoleProgress", "false",
          "spark.ui.enabled", "false",
          // An empty file is damage that is told of.
          "spark.hadoopRDD.ignoreEmptySplits", "false",
          // A row of a table costs a model as much as 100 kB of others: 128 MB are too long a task.
          "spark.sql.files.maxPartitionBytes", "32m",
          // A task that is tried again must not leave rows of its first try behind.
          "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1");

  private static final Logger LOG = LogManager.getLogger(SparkRun.class);

  private final SparkSession session;

  private SparkRun(SparkSession session) {
    this.session = session;
  }

  /**
   * Connects.
   *
   * @param name what Spark's pages call the job
   * @param master used where {@code spark-submit} gave none, for example {@code local[*]}
   * @param progress is told how far jobs are
   * @throws IllegalArgumentException if Spark knows no such master
   * @throws IOException if there is no connection
   */
  public static SparkRun open(String name, String master, TaskProgress progress)
      throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("virus-mnist " + name)
            .master(System.getProperty(MASTER, master));
    SETTINGS.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
    builder.config(
        JAVA_OPTIONS,
        executorOptions(
            System.getProperty(JAVA_OPTIONS, ""),
            System.getProperty("spark.executor.extraJavaOptions", "")));
    SparkSession session = connect(builder);
    session.sparkContext().addSparkListener(new TaskListener(progress));
    return new SparkRun(session);
  }

  private static SparkSession connect(SparkSession.Builder builder) throws IOException {
    try {
      return builder.getOrCreate();
    } catch (Exception e) { // Spark's Scala methods throw what they do not declare
      String message = String.valueOf(e.getMessage());
      if (message.contains("Master URL")) {
        throw new IllegalArgumentException(message, e);
      }
      throw cause(e);
    }
  }

  /**
   * Adds a collector to Java's options for executors, unless one is named: the heap is small and
   * short-lived, and G1's marking beside the work takes a core from that.
   */
  static String executorOptions(String defaults, String extra) {
    boolean isChosen = COLLECTOR.matcher(defaults + " " + extra).find();
    return isChosen ? defaults : (defaults + " -XX:+UseParallelGC").strip();
  }

  SparkSession session() {
    return session;
  }

  ModelSpec.Shipped ship(ModelSpec model) throws IOException {
    SparkConf conf = session.sparkContext().getConf();
    String shortage =
        ExecutorMemory.shortage(conf, model.batchSize(), ExecutorResources.tasks(conf));
    if (shortage != null) {
      LOG.warn("{}", shortage);
    }
    return ModelArchive.ship(model, session);
  }

  /** Returns how many rows an output has, by the footers of its files. */
  long rowsOf(String output) throws IOException {
    InputFiles files = InputFiles.of(output, session.sessionState().newHadoopConf());
    return ParquetFooters.read(session, files).rows();
  }

  /**
   * Writes what a job could not use into its side table.
   *
   * @param rows how many rows it used
   * @param damagedSeen 0 if it met no damaged row
   * @throws IOException if it met fewer rows than the input has, or rows and none to use
   */
  JobResult result(JobOutput output, ImageTable images, long rows, long damagedSeen)
      throws IOException {
    images.requireUsed(rows);
    long damaged =
        images
            .damaged(rows, damagedSeen)
            .map(table -> DamagedTable.write(table, output))
            .orElse(0L);
    return new JobResult(rows, damaged, output.damagedPath());
  }

  /** What a job does. */
  @FunctionalInterface
  interface Work<R> {
    R into(JobOutput output) throws IOException;
  }

  /**
   * Runs a job's work; its output is there once all of it is written, or not at all.
   *
   * @param output a directory that does not exist
   * @throws IOException if the output exists; whatever ended the job, in one line
   */
  <R> R write(String output, Work<R> work) throws IOException {
    try (JobOutput out = JobOutput.create(output, session.sessionState().newHadoopConf())) {
      R result = work.into(out);
      out.commit();
      return result;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // Spark's Scala methods throw what they do not declare
      throw cause(e);
    }
  }

  private static IOException cause(Exception e) {
    Throwable root = e;
    while (root.getCause() != null && root != root.getCause()) {
      root = root.getCause();
      if (root instanceof IOException io
          && root.getClass().getName().startsWith("org.virusmnist")) {
        return io;
      }
    }
    String message = String.valueOf(root.getMessage()).strip();
    int end = message.indexOf('\n');
    String what = root instanceof SparkException ? "the Spark job failed: " : "";
    return new IOException(what + (end < 0 ? message : message.substring(0, end)), e);
  }

  /** Ends the connection and closes the model where it ran in this process. */
  @Override
  public void close() {
    session.stop();
    ExecutorModel.close();
  }
}
