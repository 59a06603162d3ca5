package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Who would lose executors to a cluster that counts their memory is told so. */
class ExecutorMemoryTest {
  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  @Test
  void warnsWhereSparksOwnOverheadIsLeft() {
    assertThat(ExecutorMemory.shortage(conf("yarn"), 256, 4))
        .isEqualTo(
            "Executors have 384 MiB outside of Java's heap, expected about 972 for the model and 4"
                + " calls of 256 images, so the cluster may end them. Give spark-submit --conf"
                + " spark.executor.memoryOverhead=972m.");
    assertThat(ExecutorMemory.shortage(conf("k8s://https://host"), 256, 1)).contains("=819m.");
  }

  @Test
  void countsATenthOfALargeHeap() {
    SparkConf conf = conf("yarn").set("spark.executor.memory", "8g");
    assertThat(ExecutorMemory.shortage(conf, 256, 1)).isNull();
    assertThat(ExecutorMemory.shortage(conf, 256, 2)).contains("have 819 MiB");
    assertThat(
            ExecutorMemory.shortage(conf.set("spark.executor.memoryOverheadFactor", "0.2"), 256, 2))
        .isNull();
  }

  @Test
  void isSilentWhereThereIsEnoughOrNobodyCounts() {
    assertThat(
            ExecutorMemory.shortage(
                conf("yarn").set("spark.executor.memoryOverhead", "1g"), 256, 4))
        .isNull();
    assertThat(ExecutorMemory.shortage(conf("local[2]"), 256, 2)).isNull();
    assertThat(ExecutorMemory.shortage(conf("spark://host:7077"), 4096, 2)).isNull();
  }

  @Test
  void growsWithBatchAndTasks() {
    SparkConf conf = conf("yarn").set("spark.executor.memoryOverhead", "1000");
    assertThat(ExecutorMemory.shortage(conf, 64, 16)).isNull();
    assertThat(ExecutorMemory.shortage(conf, 1024, 16)).contains("=4044m.");
  }
}
