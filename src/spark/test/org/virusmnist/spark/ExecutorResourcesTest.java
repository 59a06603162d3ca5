package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An executor uses the cores and the GPU that Spark gave it and no others. */
class ExecutorResourcesTest {
  @Test
  void takesTheCoresOfTheExecutor() {
    assertThat(cores("local[*]", null)).isEqualTo(8);
    assertThat(cores("local[3]", null)).isEqualTo(3);
    assertThat(cores("local[2, 4]", null)).isEqualTo(2);
    assertThat(cores("local", null)).isEqualTo(1);
    assertThat(cores("spark://host:7077", "5")).isEqualTo(5);
    assertThat(cores("local-cluster[2,1,2048]", "1")).isEqualTo(1);
  }

  @Test
  void takesTheFirstGpuThatSparkNames() {
    ResourceInformation gpu = new ResourceInformation("gpu", new String[] {"3", "1"});

    assertThat(ExecutorResources.gpu(Map.of("gpu", gpu))).isEqualTo(3);
    assertThat(ExecutorResources.gpu(Map.of())).isEqualTo(-1);
  }

  private static int cores(String master, @Nullable String executorCores) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    if (executorCores != null) {
      conf.set("spark.executor.cores", executorCores);
    }
    return ExecutorResources.cores(conf, 8);
  }
}
