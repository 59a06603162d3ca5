package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command gives the same bits in another process, and a resumed run must agree. */
@Tag("native")
class DeterministicIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;

  @Test
  void givesTheSameBitsInAnotherProcessAndRecordsOnWhat() throws Exception {
    Path train = SampleCsv.write(directory.resolve("train.csv"), 90);
    Path test = SampleCsv.write(directory.resolve("test.csv"), 30);
    List<Path> runs = List.of(directory.resolve("a"), directory.resolve("b"));
    for (Path run : runs) {
      assertThat(
              start(
                  "train --deterministic --no-cache --epochs 2 --fine-tune-epochs 1 --dropout 0.2"
                      + " --threads 1 --model",
                  TINY,
                  "--train",
                  train,
                  "--test",
                  test,
                  "--run",
                  run))
          .as(Files.readString(directory.resolve("err")))
          .isZero();
    }

    for (String name :
        List.of("predictions.csv", "model/variables/variables.data-00000-of-00001")) {
      assertThat(runs.get(1).resolve(name))
          .as(name)
          .hasBinaryContent(Files.readAllBytes(runs.get(0).resolve(name)));
    }
    JsonNode record =
        new ObjectMapper()
            .readTree(runs.get(0).resolve("config.json").toFile())
            .at("/options/deterministic");
    assertThat(record.toString()).isEqualTo("{\"device\":\"CPU\",\"threads\":1}");

    assertThat(start("train --threads 2 --resume", runs.get(0))).isEqualTo(2);
    assertThat(Files.readString(directory.resolve("err")))
        .contains("deterministic.threads is 2, expected 1");
  }

  private int start(Object... arguments) throws IOException, InterruptedException {
    Object[] words =
        Stream.of(arguments)
            .flatMap(argument -> Arrays.stream(argument.toString().split(" ")))
            .toArray();
    return MainProcess.start(
            directory, Map.of("TF_DETERMINISTIC_OPS", "1", "TF_CUDNN_USE_AUTOTUNE", "0"), words)
        .waitFor();
  }
}
