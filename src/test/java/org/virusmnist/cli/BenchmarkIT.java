package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.storage.Sha256;

/** Every kind of work runs on a real model; how fast it is, no test says. */
@Tag("native")
class BenchmarkIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;

  @Test
  void measuresEveryWorkAtEveryBatchSize() throws IOException {
    String before = Sha256.ofDirectory(TINY);
    Cli cli = run("--precision", "float32", "--output", directory);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .containsPattern("(?m)^devices +CPU:0$")
        .containsPattern("(?m)^tensorflow +2\\.")
        .containsPattern("(?m)^threads +1$")
        .containsPattern("(?m)^calls in flight +2$")
        .containsPattern("(?m)^predict +CPU:0 +float32 +8 +[\\d,]+ .* 2 +\\d+$")
        .containsPattern("(?m)^fine tune step +CPU:0 +float32 +3 ")
        .endsWith("Wrote " + directory + "\n");
    List<String> rows = Files.readAllLines(directory.resolve("benchmark.csv"));
    assertThat(rows).hasSize(1 + 4 * 2);
    assertThat(rows.get(5)).startsWith("head_step,CPU:0,float32,3,512,1,3,");
    assertThat(directory.resolve("benchmark.json")).exists();
    assertThat(directory.resolve("throughput.png")).exists();
    assertThat(Sha256.ofDirectory(TINY)).isEqualTo(before);
  }

  @Test
  void printsJsonAloneWhenAsked() throws IOException {
    Cli cli = run("--precision", "float32", "--work", "predict", "--json");
    JsonNode json = new ObjectMapper().readTree(cli.out());

    assertThat(json.get("environment").get("model").asText()).isEqualTo(TINY.toString());
    assertThat(json.get("measurements")).hasSize(2);
    assertThat(json.get("measurements").get(1).get("images_per_second").asDouble()).isPositive();
  }

  @Test
  void refusesAPrecisionThatACpuHasNot() {
    Cli cli = run("--precision", "float16", "--work", "predict");

    assertThat(cli.err())
        .contains(
            "virus-mnist: --precision is float16, and CPU:0 does not compute in it, expected");
    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private static Cli run(Object... options) {
    Object[] fixed = {
      "benchmark",
      "--model",
      TINY,
      "--device",
      "cpu",
      "--batch-sizes",
      "8,3",
      "--threads",
      "1",
      "--calls-in-flight",
      "2",
      "--warm-up",
      "0",
      "--time",
      "0"
    };
    Object[] all = new Object[fixed.length + options.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return Cli.run(all);
  }
}
