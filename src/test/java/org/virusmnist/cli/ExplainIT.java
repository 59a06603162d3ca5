package org.virusmnist.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.storage.Sha256;

/** {@code explain} end to end on a tiny SavedModel. */
@Tag("native")
class ExplainIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path test;

  @BeforeEach
  void writeData() throws IOException {
    test = SampleCsv.write(directory.resolve("test.csv"), 30);
  }

  @Test
  void holdsAModelToTheHashAskedFor() {
    Cli cli = Cli.run("explain", "--model", TINY, "--data", test, "--model-sha256", "0".repeat(64));

    assertThat(cli.err()).contains(" has SHA-256 ").contains(", expected 0000000000000000");
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void explainsTheWorstMistakesOfARun() throws IOException {
    Path run = directory.resolve("run");
    train(run);
    Cli cli = Cli.run("explain", "--model", run, "--misclassified", "2", "--steps", "64");
    List<String> mistakes = Files.readAllLines(run.resolve("misclassified.csv"));
    JsonNode json = read(run.resolve("explanations.json"));

    SampleCsv.write(test, 31);
    assertThat(Cli.run("explain", "--model", run).err())
        .startsWith("virus-mnist: " + test + ": has SHA-256 ")
        .endsWith(" of the file that the run was tested on. Name one with --data.\n");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(json.get("steps").asInt()).isEqualTo(64);
    assertThat(json.get("rows")).hasSize(2);
    JsonNode row = json.get("rows").get(0);
    assertThat(mistakes.get(1))
        .startsWith(
            "%s,%s,%s,%s,"
                .formatted(
                    row.get("row").asText(),
                    row.get("hash").asText(),
                    row.get("label").asText(),
                    row.get("predicted").asText()));
    assertThat(row.get("attributions")).hasSize(1024);
    assertThat(row.get("bytes")).hasSize(10);
    assertThat(run.resolve("explanations/row-%s.png".formatted(row.get("row").asText())))
        .isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("explanations.csv"))).hasSize(21);
    assertThat(cli.out())
        .startsWith("Row " + row.get("row").asText() + ": predicted ")
        .contains("offset  byte  attribution  occlusion  field")
        .endsWith("Wrote " + run.resolve("explanations.csv") + "\n");
  }

  @Test
  void whatIsNotOfTheReportGoesIntoADirectoryOfItsOwn() throws IOException {
    Path run = directory.resolve("run");
    train(run);
    byte[] worst = Files.readAllBytes(run.resolve("explanations.json"));
    Path other = SampleCsv.write(directory.resolve("other.csv"), 40);
    Path own = run.resolve("explanations/explanations.json");

    for (String options : List.of("--rows 1", "--class 0", "--data " + other)) {
      List<Object> args = new ArrayList<>(List.of("explain", "--model", run, "--steps", "2"));
      args.addAll(List.of(options.split(" ")));
      Cli cli = Cli.run(args.toArray());
      assertThat(cli.out()).as(cli.err()).contains("Wrote " + own + "\n");
      String asked = options.contains("--data") ? other.toString() : test.toString();
      assertThat(read(own).get("data").asText()).isEqualTo(asked);
      assertThat(read(own).get("data_sha256").asText()).isEqualTo(Sha256.of(Path.of(asked)));
      assertThat(run.resolve("explanations.json")).hasBinaryContent(worst);
    }
    String tested = read(run.resolve("config.json")).at("/data/test/sha256").asText();
    assertThat(read(run.resolve("explanations.json")).get("data_sha256").asText())
        .isEqualTo(tested);
  }

  @Test
  void printsWhatTheFileSays() throws IOException {
    Cli cli = cli("--rows", "3", "--steps", "2", "--json");

    assertThat(directory.resolve("out/explanations.json")).hasContent(cli.out());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  @Test
  void trainExplainsItsWorstMistakesUnlessToldNotTo() throws IOException {
    Path run = directory.resolve("run");
    Path silent = directory.resolve("silent");
    train(run);
    train(silent, "--explain", "0");
    JsonNode json = read(run.resolve("explanations.json"));
    List<String> mistakes = Files.readAllLines(run.resolve("misclassified.csv"));

    assertThat(json.get("steps").asInt()).isEqualTo(256);
    assertThat(json.get("rows").findValuesAsText("row"))
        .containsExactlyElementsOf(
            mistakes.subList(1, 4).stream().map(line -> line.split(",", 2)[0]).toList());
    assertThat(run.resolve("report.html"))
        .content()
        .contains("<h2>Why the worst mistakes</h2>")
        .contains("sure. Pushed most towards it: 0x");
    assertThat(silent.resolve("explanations.json")).doesNotExist();
    assertThat(silent.resolve("report.html"))
        .content()
        .doesNotContain("Pushed most towards it: 0x");
  }

  private void train(Path run, String... options) {
    List<Object> args =
        new ArrayList<>(
            List.of("train", "--model", TINY, "--train", test, "--test", test, "--run", run));
    args.addAll(List.of(options));
    Cli cli = Cli.run(args.toArray());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  @Test
  void attributionsAddUpAndTheStrongestComeFirst() throws IOException {
    JsonNode row = explain("--rows", "7", "--class", "3", "--steps", "512");
    double sum = 0;
    double size = 0;
    for (JsonNode value : row.get("attributions")) {
      sum += value.asDouble();
      size += Math.abs(value.asDouble());
    }

    assertThat(row.get("explained_class").asInt()).isEqualTo(3);
    double change = row.get("logit").asDouble() - row.get("baseline_logit").asDouble();
    assertThat(sum).isCloseTo(change, within(0.01 * size));
    double first = row.get("bytes").get(0).get("attribution").asDouble();
    double last = row.get("bytes").get(9).get("attribution").asDouble();
    assertThat(Math.abs(first)).isGreaterThanOrEqualTo(Math.abs(last));
    int offset = row.get("bytes").get(0).get("offset").asInt();
    assertThat(row.get("attributions").get(offset).asDouble()).isCloseTo(first, within(1e-6));
  }

  @Test
  void attributionsOfFortyRowsAddUpAtTheDefaultSteps() throws IOException {
    SampleCsv.write(test, 40);
    String rows = IntStream.range(0, 40).mapToObj(Integer::toString).collect(joining(","));
    explain("--rows", rows);
    JsonNode json = read(directory.resolve("out/explanations.json"));

    assertThat(json.get("steps").asInt()).isEqualTo(512);
    assertThat(json.get("rows")).hasSize(40);
    assertThat(json.get("rows"))
        .allSatisfy(row -> assertThat(row.get("relative_gap").asDouble()).isLessThan(0.01));
  }

  @Test
  void namesBytesOfExecutables() throws IOException {
    List<String> lines = Files.readAllLines(test);
    StringBuilder row = new StringBuilder("0,77,90");
    for (int i = 2; i < 1024; i++) {
      row.append(i == 5 ? ",255" : ",0");
    }
    Files.write(test, List.of(lines.get(0), row.append(",").toString()));
    JsonNode bytes = explain("--rows", "0").get("bytes");

    assertThat(bytes).hasSize(3);
    assertThat(bytes.findValuesAsText("field"))
        .containsExactlyInAnyOrder("DOS e_magic [0]", "DOS e_magic [1]", "DOS e_cp [1]");
  }

  @Test
  void refusesRowsAndClassesThatAreNotThere() {
    assertThat(cli("--rows", "30").err())
        .endsWith(
            "virus-mnist: --rows has 30, expected 0 to 29 (try 'virus-mnist explain --help')\n");
    assertThat(cli("--rows", "1", "--class", "10").err())
        .isEqualTo(
            "virus-mnist: --class is 10, expected 0 to 9 (try 'virus-mnist explain --help')\n");
    assertThat(cli("--rows", "1", "--misclassified", "2").exitCode()).isEqualTo(2);
    assertThat(cli("--steps", "0").exitCode()).isEqualTo(2);
    Cli noData = Cli.run("explain", "--model", TINY);
    assertThat(noData.err())
        .startsWith("virus-mnist: --data is missing, and " + TINY + " is no run");
    assertThat(noData.exitCode()).isEqualTo(2);
  }

  @Test
  void findsNoMistakesWithoutLabels() throws IOException {
    SampleCsv.write(test, 5, false, false);

    assertThat(cli().err())
        .endsWith(
            "virus-mnist: " + test + ": has no labels, so no mistakes. Name rows with --rows.\n");
    assertThat(explain("--rows", "4").get("label").isNull()).isTrue();
  }

  private JsonNode explain(String... options) throws IOException {
    Cli cli = cli(options);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return read(directory.resolve("out/explanations.json")).get("rows").get(0);
  }

  private Cli cli(String... options) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "explain", "--model", TINY, "--data", test, "--output", directory.resolve("out")));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
