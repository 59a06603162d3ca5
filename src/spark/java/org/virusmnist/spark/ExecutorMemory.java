package org.virusmnist.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * Whether executors have room for the model, which is outside of Java's heap.
 *
 * <p>YARN and Kubernetes end an executor that takes more than its heap and {@code
 * spark.executor.memoryOverhead} together; other masters count heaps alone.
 */
final class ExecutorMemory {
  /** TensorFlow's code, the session, its weights as constants, and Spark's own buffers. */
  private static final long SESSION_MIB = 768;

  /** A call of 256 images of the notebook's model takes some 50 MB. */
  private static final int IMAGES_PER_MIB = 5;

  private static final double USUAL_FACTOR = 0.1;

  private ExecutorMemory() {}

  /**
   * Returns what to say before a job whose executors may be ended.
   *
   * @param conf the job's configuration
   * @param batchSize images of a call
   * @param tasks calls at a time in an executor
   * @return a line, or null where the memory is enough or nobody counts it
   */
  static @Nullable String shortage(SparkConf conf, int batchSize, int tasks) {
    String master = conf.get("spark.master", "");
    boolean isCounted = master.startsWith("yarn") || master.startsWith("k8s");
    long overhead = overheadMib(conf);
    long needed = SESSION_MIB + (long) batchSize * tasks / IMAGES_PER_MIB;
    return !isCounted || overhead >= needed
        ? null
        : String.format(
            Locale.ROOT,
            "Executors have %d MiB outside of Java's heap, expected about %d for the model and %d"
                + " calls of %d images, so the cluster may end them. Give spark-submit --conf"
                + " spark.executor.memoryOverhead=%dm.",
            overhead,
            needed,
            tasks,
            batchSize,
            needed);
  }

  /** As Spark computes it (docs/configuration, spark.executor.memoryOverhead). */
  private static long overheadMib(SparkConf conf) {
    long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m");
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", USUAL_FACTOR);
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    long usual = Math.max(least, (long) (factor * heap));
    return conf.getSizeAsMb("spark.executor.memoryOverhead", usual + "m");
  }
}
