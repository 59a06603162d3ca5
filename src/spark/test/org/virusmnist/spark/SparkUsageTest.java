package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.virusmnist.cli.SparkMain;

/** What is refused before Spark starts, and what executors are started with. */
class SparkUsageTest {
  private static String refused(String... args) {
    StringWriter err = new StringWriter();
    int code = SparkMain.run(new PrintWriter(Writer.nullWriter()), new PrintWriter(err), args);
    assertThat(code).isEqualTo(2);
    return err.toString();
  }

  @Test
  void optionsThatSayNothingToExecutorsAreRefused() {
    assertThat(refused("predict", "--model", "m", "--data", "d", "--output", "o", "--threads", "2"))
        .startsWith("virus-mnist: --threads is for the plain verbs");
    assertThat(refused("evaluate", "--model=m", "--data=d", "--output=o", "--calls-in-flight", "2"))
        .startsWith("virus-mnist: --calls-in-flight is for the plain verbs");
  }

  @Test
  void aNegativeNumberOfPartitionsIsRefusedByEveryVerb() {
    assertThat(refused("audit", "a.csv", "b.csv", "--output", "o", "--partitions", "-3"))
        .startsWith("virus-mnist: --partitions is -3, expected 0 or more");
  }

  @Test
  void aMasterThatSparkDoesNotKnowIsAUsageError() {
    assertThat(refused("convert", "--data", "d", "--output", "o", "--master", "bogus"))
        .startsWith("virus-mnist: --master is 'bogus', which Spark does not know");
  }

  @Test
  void javaOptionsOfExecutorsAreKept() {
    String parallel = "-XX:+UseParallelGC";
    assertThat(SparkRun.executorOptions("", "")).isEqualTo(parallel);
    assertThat(SparkRun.executorOptions("-Dx=1", "")).isEqualTo("-Dx=1 " + parallel);
    assertThat(SparkRun.executorOptions("-XX:+UseG1GC", "")).isEqualTo("-XX:+UseG1GC");
    assertThat(SparkRun.executorOptions("-Dx=1", "-XX:+UseZGC")).isEqualTo("-Dx=1");
  }
}
