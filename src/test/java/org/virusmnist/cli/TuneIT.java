package org.virusmnist.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.TrialScore;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.report.TrialRow;
import org.virusmnist.storage.DirectoryLock;

/** A search that was interrupted ends, to the bit, as one that was not. */
@Tag("native")
class TuneIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path csv;
  private Path groups;
  private Path whole;

  @BeforeEach
  void writeData() throws IOException {
    csv = SampleCsv.write(directory.resolve("train.csv"), 120);
    StringBuilder text = new StringBuilder("hash,group\n");
    for (int row = 0; row < 120; row++) {
      text.append("%032x,g%d\n".formatted(row, row / 4));
    }
    groups = Files.writeString(directory.resolve("sources.csv"), text);
    whole = directory.resolve("whole");
  }

  private Object[] halving(Path run, int epochs) {
    return new Object[] {
      "tune",
      "--model",
      TINY,
      "--train",
      csv,
      "--groups",
      groups,
      "--run",
      run,
      "--strategy",
      "halving",
      "--trials",
      "9",
      "--epochs",
      epochs,
      "--batch-size",
      "4",
      "--search",
      "learning-rate=0.001..0.1",
      "--search",
      "dropout=0,0.3"
    };
  }

  private Cli run(Object... arguments) {
    Cli cli = Cli.run(arguments);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  @Test
  void writesATableAChartAndTheBestSettings() throws IOException {
    Cli cli = run(halving(whole, 9));

    try (Stream<Path> files = Files.list(whole)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "best.json", "config.json", "run.log", "trials", "trials.csv", "trials.png");
    }
    List<String> rows = Files.readAllLines(whole.resolve("trials.csv"));
    assertThat(rows).hasSize(1 + 9 + 3 + 1);
    assertThat(rows.get(0)).startsWith("trial,rung,epochs,seed,learning-rate,dropout,accuracy,");
    assertThat(rows.get(13)).matches("\\d,2,9,42,0\\.\\d+,0(\\.3)?,.*");
    assertThat(cli.out())
        .startsWith("trial  epochs  learning-rate  dropout  accuracy  macro F1    loss\n")
        .endsWith(
            "Wrote %s\nTrain it with: virus-mnist train --config %s\n"
                .formatted(whole, whole.resolve("best.json")));
    assertThat(Files.readString(whole.resolve("config.json")))
        .contains("\"command\" : \"tune\"")
        .contains("\"strategy\" : \"halving\"");
  }

  @Test
  void isWorthWhatTrainMakesOfTheBestSettings() throws IOException {
    run(halving(whole, 9));
    Path trained = directory.resolve("trained");
    run(
        "train",
        "--config",
        whole.resolve("best.json"),
        "--test",
        csv,
        "--run",
        trained,
        "--quiet");

    String best = Files.readAllLines(whole.resolve("trials.csv")).get(13);
    TrialRow row =
        TrialRow.read(
            whole.resolve(
                "trials/%04d-2.json"
                    .formatted(Integer.parseInt(best.substring(0, best.indexOf(','))))));
    TrialScore score = row.score();
    assertThat(score).isNotNull();
    assertThat(
            HistoryCsv.read(trained.resolve("history.csv"))
                .history()
                .last()
                .orElseThrow()
                .valAccuracy())
        .isEqualTo(score.accuracy().mean());
  }

  @Test
  void neverReadsTheTestFile() throws IOException {
    // There is no option for it; the usual one of this home is damaged, which train does not miss.
    Path home = Files.createDirectories(directory.resolve("home/data"));
    Files.writeString(home.resolve("test.csv.gz"), "damaged");
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Dvirusmnist.home=" + home.getParent());
    Object[] train = {"train", "--model", TINY, "--train", csv, "--epochs", 1, "--run", whole};

    assertThat(MainProcess.start(directory, environment, train)).returns(3, TuneIT::exitCode);
    assertThat(Files.readString(directory.resolve("err"))).contains("test.csv.gz");
    assertThat(MainProcess.start(directory, environment, halving(whole, 3)))
        .returns(0, TuneIT::exitCode);
    assertThat(whole.resolve("best.json")).exists();
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    run(halving(whole, 60));
    Path killed = directory.resolve("killed");
    Process process = MainProcess.start(directory, halving(killed, 60));
    await(killed.resolve("trials/0003-0.json"), process);
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(killed.resolve("trials/0002-0.json"));
    Files.writeString(killed.resolve("trials/.0004-0.json.5f.tmp"), "{"); // killed while it wrote
    Cli cli = run("tune", "--resume", killed);

    assertThat(files(killed)).isEqualTo(files(whole));
    assertThat(cli.out().replace("killed", "whole")).isEqualTo(finish(whole));
  }

  @Test
  void endsBySignalAndCanBeResumed() throws Exception {
    Path stopped = directory.resolve("stopped");
    Process process = MainProcess.start(directory, halving(stopped, 3000));
    await(stopped.resolve("trials/0001-0.json"), process);
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(Files.readString(directory.resolve("err")))
        .endsWith(
            "virus-mnist: interrupted by SIGTERM. Go on with: virus-mnist tune --resume "
                + stopped
                + "\n");
    assertThat(stopped.resolve("best.json")).doesNotExist();
    assertThat(stopped.resolve("run.lock")).doesNotExist();
  }

  @Test
  void runsATrialAgainWhoseFileIsDamaged() throws IOException {
    run(halving(whole, 3));
    Map<String, String> before = files(whole);
    Files.writeString(whole.resolve("trials/0002-0.json"), "{");
    Cli cli = run("tune", "--resume", whole, "--quiet");

    assertThat(cli.err())
        .startsWith(whole.resolve("trials/0002-0.json") + ":")
        .endsWith("The trial is run again.\n")
        .hasLineCount(1);
    assertThat(files(whole)).isEqualTo(before);
  }

  @Test
  void averagesOverFoldsThatKeepGroupsWhole() throws IOException {
    run(
        "tune",
        "--model",
        TINY,
        "--train",
        csv,
        "--groups",
        groups,
        "--run",
        whole,
        "--folds",
        3,
        "--trials",
        2,
        "--epochs",
        2,
        "--search",
        "learning-rate=0.01,0.02,0.03",
        "--quiet");
    TrialScore score = TrialRow.read(whole.resolve("trials/0001-0.json")).score();

    assertThat(score).isNotNull();
    assertThat(score.loss().deviation()).isPositive();
    assertThat(Files.readString(whole.resolve("best.json")))
        .doesNotContain("folds")
        .contains("\"groups\" : \"" + groups + "\"");
  }

  @Test
  void goesOnAfterATrialThatDiverged() throws IOException {
    Cli cli =
        run(
            "tune",
            "--model",
            TINY,
            "--train",
            csv,
            "--run",
            whole,
            "--epochs",
            1,
            "--search",
            "learning-rate=1e38,0.01");

    assertThat(cli.out()).contains("diverged");
    assertThat(Files.readString(whole.resolve("best.json"))).contains("\"learning-rate\" : 0.01");
  }

  @Test
  void saysSoWhereEveryTrialDiverged() throws IOException {
    Cli cli =
        Cli.run(
            "tune",
            "--model",
            TINY,
            "--train",
            csv,
            "--run",
            whole,
            "--epochs",
            1,
            "--quiet",
            "--search",
            "learning-rate=1e38,2e38");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: all 2 trials diverged, expected one with a finite loss. Search smaller"
                + " learning rates.\n");
    assertThat(cli.exitCode()).isEqualTo(7);
  }

  @Test
  void refusesAnotherSearchAndASecondWriter() throws IOException {
    run(halving(whole, 3));
    Cli other = Cli.run("tune", "--resume", whole, "--trials", "8");
    assertThat(other.err()).contains("--trials is 8, expected 9").hasLineCount(1);
    assertThat(other.exitCode()).isEqualTo(2);

    SampleCsv.write(csv, 121);
    Cli data = Cli.run("tune", "--resume", whole);
    assertThat(data.err()).hasLineCount(1);
    assertThat(data.exitCode()).isEqualTo(3);

    try (DirectoryLock lock = DirectoryLock.acquire(whole)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(Cli.run("tune", "--resume", whole).exitCode()).isEqualTo(6);
    }
  }

  private String finish(Path search) {
    return run("tune", "--resume", search).out();
  }

  /** What a search has found, without times. */
  private static Map<String, String> files(Path search) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(search)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = search.relativize(path).toString();
        if (!name.equals("config.json") && !name.equals("run.log")) {
          files.put(name, new String(Files.readAllBytes(path), ISO_8859_1));
        }
      }
    }
    return files;
  }

  private void await(Path file, Process process) throws IOException {
    while (!Files.exists(file)) {
      assertThat(process.isAlive()).as(Files.readString(directory.resolve("err"), UTF_8)).isTrue();
      Thread.onSpinWait();
    }
  }
}
