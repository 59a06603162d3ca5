package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.PredictionsCsv;
import org.virusmnist.storage.AtomicDirectory;

/** {@code train --folds} scores every row once, by a model that knows nothing of its group. */
@Tag("native")
class CrossValidationIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path csv;
  private Path groups;
  private Path run;

  @BeforeEach
  void writeData() throws IOException {
    csv = SampleCsv.write(directory.resolve("train.csv"), 80);
    StringBuilder text = new StringBuilder("hash,origin\n");
    for (int row = 0; row < 80; row++) {
      text.append("%032x,g%d\n".formatted(row, row / 4));
    }
    groups = Files.writeString(directory.resolve("sources.csv"), text);
    run = directory.resolve("run");
  }

  private Cli train(Object... more) {
    return fold(3, more);
  }

  private Cli fold(int folds, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", "--model", TINY, "--train", csv, "--epochs", 2, "--folds", folds));
    arguments.addAll(List.of("--groups", groups, "--group-column", "origin"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void scoresEveryRowOnce() throws IOException {
    Cli cli = train("--run", run, "--baselines");
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("over folds")
        .containsPattern("accuracy +0\\.\\d{4} +0\\.\\d{4} +0\\.\\d{4} to 0\\.\\d{4}")
        .containsPattern("random forest, histogram +0\\.\\d{4}")
        .endsWith("Wrote " + run + "\n");

    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(run.resolve("predictions.csv"), rows::add);
    assertThat(rows).hasSize(80);
    assertThat(rows.get(79).row(0)).isEqualTo(79);
    assertThat(rows.get(79).hash(0)).isEqualTo("%032x".formatted(79));
    long right = rows.stream().filter(row -> row.isCorrect(0)).count();
    JsonNode all = new ObjectMapper().readTree(run.resolve("cross_validation.json").toFile());
    assertThat(all.at("/accuracy/all_rows").asDouble()).isCloseTo(right / 80.0, within(1e-12));
    assertThat(all.get("groups").asInt()).isEqualTo(20);
    int heldOut = 0;
    for (JsonNode fold : all.get("per_fold")) {
      heldOut += fold.get("rows").asInt();
      assertThat(fold.get("rows").asInt() % 4).isZero();
      assertThat(
              fold.get("rows").asInt()
                  + fold.get("train_rows").asInt()
                  + fold.get("validation_rows").asInt())
          .isEqualTo(80);
    }
    assertThat(heldOut).isEqualTo(80);
    assertThat(run.resolve("report.html")).exists();
    assertThat(Files.readAllLines(run.resolve("baselines.csv"))).hasSize(5);
  }

  @Test
  void printsTheSummaryAsJson() throws IOException {
    Cli cli = train("--run", run, "--quiet", "--json", "--unsure-below", 0.5);
    assertThat(cli.exitCode()).as(cli.err()).isZero();

    ObjectMapper mapper = new ObjectMapper();
    JsonNode printed = mapper.readTree(cli.out());
    JsonNode written = mapper.readTree(run.resolve("cross_validation.json").toFile());
    assertThat(printed.get("run").asText()).isEqualTo(run.toString());
    assertThat(printed.get("accuracy")).isEqualTo(written.get("accuracy"));
    assertThat(printed.get("per_fold")).isEqualTo(written.get("per_fold"));
    assertThat(printed.get("per_fold").get(0).get("classes_present").asInt()).isBetween(1, 10);
    JsonNode evaluation = mapper.readTree(run.resolve("evaluation.json").toFile());
    assertThat(printed.get("unsure")).isEqualTo(evaluation.get("unsure"));
    assertThat(printed.at("/unsure/calibrated").asBoolean()).isTrue();
  }

  @Test
  void goesOnAfterTheFoldsThatAreDone() throws IOException {
    assertThat(train("--run", run, "--quiet").exitCode()).isZero();
    byte[] predictions = Files.readAllBytes(run.resolve("predictions.csv"));
    AtomicDirectory.delete(run.resolve("folds/2"));
    Files.delete(run.resolve("predictions.csv"));
    Path untouched = run.resolve("folds/1/fold.json");
    String before = Files.readString(untouched);

    Cli cli = Cli.run("train", "--resume", run, "--quiet");
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.resolve("predictions.csv")).hasBinaryContent(predictions);
    assertThat(untouched).hasContent(before);
  }

  @Test
  void scoresTheSameRowsWhenFeaturesStayOnTheDevice() throws IOException {
    Path fed = directory.resolve("fed");
    assertThat(train("--run", fed, "--quiet", "--resident", "off").exitCode()).isZero();
    Cli cli = train("--run", run, "--quiet", "--resident", "on");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.resolve("confusion_matrix.csv"))
        .hasSameTextualContentAs(fed.resolve("confusion_matrix.csv"));
  }

  @Test
  void neverReadsTheTestFile() throws IOException {
    Path damaged = Files.writeString(directory.resolve("test.csv"), "damaged");
    Cli once = Cli.run("train", "--model", TINY, "--train", csv, "--test", damaged, "--run", run);
    assertThat(once.exitCode()).isEqualTo(3);
    Cli folds = train("--test", damaged, "--run", run, "--quiet");
    assertThat(folds.exitCode()).as(folds.err()).isZero();
  }

  @Test
  void saysHowToGoOnAfterASignal() throws Exception {
    List<Object> arguments =
        List.of("train", "--model", TINY, "--train", csv, "--epochs", 2000, "--folds", 3);
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(List.of("--run", run));
    Process process = MainProcess.start(directory, all.toArray());
    while (!Files.exists(run.resolve("folds/1"))) {
      assertThat(process.isAlive()).as(Files.readString(directory.resolve("err"))).isTrue();
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(Files.readString(directory.resolve("err")))
        .containsPattern("virus-mnist: interrupted( by SIGTERM)?\\. Go on with:")
        .endsWith(" Go on with: virus-mnist train --resume " + run + "\n");
  }

  @Test
  void refusesGroupsAndFoldsThatCannotBe() throws IOException {
    Cli tooMany = fold(21, "--run", run);
    assertThat(tooMany.err())
        .isEqualTo(
            "virus-mnist: folds is 21, expected 2 to 20, the number of groups (try 'virus-mnist"
                + " train --help')\n");
    assertThat(tooMany.exitCode()).isEqualTo(2);

    Files.writeString(groups, "hash,origin\n");
    Cli unknown = train("--run", run);
    assertThat(unknown.err()).contains("has no group for row 0 of ").hasLineCount(1);
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(run).doesNotExist();
  }
}
