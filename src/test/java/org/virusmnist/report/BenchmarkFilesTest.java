package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Throughput;
import org.virusmnist.metrics.Throughput.Latency;

class BenchmarkFilesTest {
  private static final List<Throughput> ROWS =
      List.of(
          new Throughput(
              "predict",
              "CPU:0",
              "bfloat16",
              256,
              1,
              2,
              91,
              8123.456,
              new Latency(61.23456, 70, 99.9999),
              3L << 20),
          new Throughput(
              "head_step", "CPU:0", "float32", 32, 256, 1, 9, 1e5, new Latency(0.3, 0.3, 1), null));

  @TempDir private Path directory;

  @Test
  void writesARowForEachMeasurement() throws IOException {
    Path file = directory.resolve("new/benchmark.csv");
    BenchmarkFiles.writeCsv(file, ROWS);

    assertThat(file)
        .hasContent(
            """
            work,device,precision,batch_size,steps_per_call,calls_in_flight,calls,images_per_second,\
            p50_ms,p95_ms,p99_ms,peak_memory_mib
            predict,CPU:0,bfloat16,256,1,2,91,8123.5,61.235,70.0,100.0,3
            head_step,CPU:0,float32,32,256,1,9,100000.0,0.3,0.3,1.0,
            """);
  }

  @Test
  void writesTheMachineBeforeTheMeasurements() throws IOException {
    Path file = directory.resolve("benchmark.json");
    BenchmarkFiles.writeJson(file, Map.of("cpu", "fast"), ROWS.subList(1, 2));

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "environment" : {
                "cpu" : "fast"
              },
              "measurements" : [ {
                "work" : "head_step",
                "device" : "CPU:0",
                "precision" : "float32",
                "batch_size" : 32,
                "steps_per_call" : 256,
                "calls_in_flight" : 1,
                "calls" : 9,
                "images_per_second" : 100000.0,
                "p50_ms" : 0.3,
                "p95_ms" : 0.3,
                "p99_ms" : 1.0,
                "peak_memory_mib" : null
              } ]
            }
            """)
        .isEqualTo(BenchmarkFiles.json(Map.of("cpu", "fast"), ROWS.subList(1, 2)));
  }
}
