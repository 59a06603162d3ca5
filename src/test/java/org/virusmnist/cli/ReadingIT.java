package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stages and rows left undecided: train, evaluate and predict say the same of a model. */
@Tag("native")
class ReadingIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final Path SIGMOID = Path.of("src/test/resources/savedmodel/tiny-3-sigmoid");
  private static final int CALIBRATED = 15;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Path train;
  private Path test;
  private Path run;

  @BeforeEach
  void writeData() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 60);
    test = SampleCsv.write(directory.resolve("test.csv"), 30);
    run = directory.resolve("run");
  }

  private Cli read(String verb, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of(verb, "--benign-class", 0, "--unsure-below", 0.3, "--quiet"));
    arguments.addAll(List.of(more));
    Cli cli = Cli.run(arguments.toArray());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private Cli train(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("--model", TINY, "--train", train, "--test", test, "--run", run));
    arguments.addAll(List.of("--epochs", 3, "--learning-rate", 0.05, "--explain", 0));
    arguments.addAll(List.of(more));
    return read("train", arguments.toArray());
  }

  @Test
  void jsonHasWhatWasAskedFor() throws IOException {
    JsonNode trained = JSON.readTree(train("--json").out());
    JsonNode written = JSON.readTree(run.resolve("evaluation.json").toFile());
    JsonNode evaluated =
        JSON.readTree(read("evaluate", "--model", run, "--data", test, "--json").out());

    assertThat(trained.at("/two_stage/benign_rows").asInt()).isEqualTo(3);
    assertThat(trained.at("/unsure/calibrated").asBoolean()).isTrue();
    for (JsonNode json : List.of(trained, evaluated)) {
      assertThat(json.get("two_stage")).isEqualTo(written.get("two_stage"));
      assertThat(json.get("unsure")).isEqualTo(written.get("unsure"));
    }
    assertThat(written.at("/temperature_scaling/temperature").asDouble())
        .isEqualTo(Math.max(1, written.at("/temperature_scaling/fitted_temperature").asDouble()));
  }

  @Test
  void predictIsUnsureOfTheSameRows() throws IOException {
    train("--validation", train);
    JsonNode written = JSON.readTree(run.resolve("evaluation.json").toFile());
    assertThat(written.at("/temperature_scaling/temperature"))
        .isEqualTo(written.at("/temperature_scaling/fitted_temperature"));

    Path output = directory.resolve("verdicts.csv");
    Cli cli = Cli.run("predict", "--model", run, "--data", test, "--output", output, "--verdicts");
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    double[] calibrated =
        Files.readAllLines(output).stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[CALIBRATED]))
            .sorted()
            .toArray();
    double middle = (calibrated[14] + calibrated[15]) / 2;
    long below = Arrays.stream(calibrated).filter(value -> value < middle).count();
    String json =
        Cli.run(
                "evaluate",
                "--model",
                run,
                "--data",
                test,
                "--unsure-below",
                middle,
                "--json",
                "--quiet")
            .out();

    assertThat(JSON.readTree(json).at("/unsure/unsure_rows").asLong()).isEqualTo(below);
    assertThat(below).isBetween(1L, 29L);
  }

  @Test
  void whatNobodyHasCalibratedSaysSo() throws IOException {
    train();
    assertThat(read("evaluate", "--model", run, "--data", test).out())
        .contains(", calibrated probabilities)");
    assertThat(read("evaluate", "--model", run, "--model", run, "--data", test).out())
        .contains(", probabilities not calibrated)");
    assertThat(read("evaluate", "--model", TINY, "--data", test).out())
        .contains(", probabilities not calibrated)");
  }

  @Test
  void lossAndLikelihoodOfASigmoidHeadAreTheSame() throws IOException {
    SampleCsv.write(test, 3); // one row of each class
    JsonNode json =
        JSON.readTree(read("evaluate", "--model", SIGMOID, "--data", test, "--json").out());

    assertThat(json.get("negative_log_likelihood").asDouble())
        .isCloseTo(json.get("loss").asDouble(), within(1e-6));
  }
}
