package org.virusmnist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.storage.DirectoryLock;

/** A run that was interrupted ends, to the bit, as one that was not. */
@Tag("native")
class ResumeIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path train;
  private Path test;
  private Path whole;

  @BeforeEach
  void trainWithoutInterruption() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 120);
    test = SampleCsv.write(directory.resolve("test.csv"), 30);
    whole = directory.resolve("whole");
    Cli cli = Cli.run(arguments(whole));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  private Object[] arguments(Path run) {
    return arguments(run, "6");
  }

  private Object[] arguments(Path run, String epochs) {
    return new Object[] {
      "train",
      "--model",
      TINY,
      "--train",
      train,
      "--test",
      test,
      "--epochs",
      epochs,
      "--batch-size",
      "1",
      "--checkpoint-every",
      "0",
      "--run",
      run
    };
  }

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    Path run = directory.resolve("killed");
    Process process = MainProcess.start(directory, arguments(run));
    awaitCheckpoint(run, process);
    process.destroyForcibly().waitFor();
    Cli cli = Cli.run("train", "--resume", run);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).containsPattern("Resumed     at epoch \\d+, step \\d+");
    assertSameAsWhole(run);
  }

  private void awaitCheckpoint(Path run, Process process) {
    while (read(run.resolve("checkpoints/LATEST")).isEmpty()) {
      assertThat(process.isAlive()).as(read(directory.resolve("err"))).isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void goesOnAfterCtrlC() throws Exception {
    Path run = directory.resolve("stopped");
    Process process = MainProcess.start(directory, arguments(run, "2000"));
    awaitCheckpoint(run, process);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(read(directory.resolve("err")))
        .endsWith(
            "virus-mnist: interrupted by SIGINT. Go on with: virus-mnist train --resume "
                + run
                + "\n");
    assertThat(run.resolve("run.lock")).doesNotExist();
    assertThat(run.resolve("evaluation.json")).doesNotExist();
  }

  @Test
  void startsOverWhereThereIsNoCheckpointYet() throws IOException {
    Path run = Files.createDirectory(directory.resolve("early"));
    Files.copy(whole.resolve("config.json"), run.resolve("config.json"));
    Cli cli = Cli.run("train", "--resume", run, "--quiet");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).isEqualTo(run + ": no checkpoint is there, so the run starts over.\n");
    assertSameAsWhole(run);
  }

  @Test
  void startsARunThatNeverBeganWhenItsOptionsAreGiven() throws IOException {
    Path run = directory.resolve("never");
    Object[] arguments = arguments(run);
    arguments[arguments.length - 2] = "--resume";
    Cli cli = Cli.run(arguments);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .startsWith(
            run + ": nothing of a run is there, so it is started with the options given.\n");
    assertSameAsWhole(run);
  }

  @Test
  void endsAFinishedRunAgainTheSameWay() throws IOException {
    Path run = directory.resolve("again");
    copy(whole, run);
    Files.delete(run.resolve("predictions.csv"));
    Cli cli = Cli.run("train", "--resume", run, "--epochs", "6");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertSameAsWhole(run);
  }

  @Test
  void takesTheCheckpointBeforeADamagedOne() throws IOException {
    Path run = directory.resolve("damaged");
    copy(whole, run);
    String newest = read(run.resolve("checkpoints/LATEST")).strip();
    Path checkpoint = run.resolve("checkpoints").resolve(newest);
    Files.writeString(checkpoint.resolve("variables.index"), "x");
    Cli cli = Cli.run("train", "--resume", run, "--quiet");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .isEqualTo(
            "checkpoint "
                + checkpoint
                + " is damaged: 'variables.index' has another SHA-256 than when it was written."
                + " It is left out.\n");
    assertSameAsWhole(run);
  }

  @Test
  void refusesOtherOptions() {
    Cli cli = Cli.run("train", "--resume", whole, "--epochs", "7", "--seed", "42", "--no-shuffle");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: "
                + whole
                + " cannot be resumed: --epochs is 7, expected 6; --no-shuffle is true, expected"
                + " false. Bring back what it was started with, or start a new run.\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesOtherData() throws IOException {
    SampleCsv.write(test, 31);
    Cli cli = Cli.run("train", "--resume", whole, "--quiet");

    assertThat(cli.err())
        .matches(
            "virus-mnist: "
                + whole
                + " cannot be resumed: data.test.rows is 31, expected 30; data.test.sha256 is"
                + " [0-9a-f]{64}, expected [0-9a-f]{64}. Bring back what it was started with, or"
                + " start a new run.\n");
    assertThat(cli.exitCode()).isEqualTo(3);
  }

  @Test
  void refusesARunThatIsNotThere() {
    Path nowhere = directory.resolve("nowhere");
    Cli cli = Cli.run("train", "--resume", nowhere);

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + nowhere + ": no run is there. Check the path.\n");
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void refusesARunThatSomebodyElseIsWriting() throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(whole)) {
      assertThat(lock.isHeld()).isTrue();
      Cli cli = Cli.run("train", "--resume", whole);

      assertThat(cli.err())
          .isEqualTo(
              "virus-mnist: %s: process %d is writing into it. Wait for its end, or name another directory.\n"
                  .formatted(whole, ProcessHandle.current().pid()));
      assertThat(cli.exitCode()).isEqualTo(6);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private void assertSameAsWhole(Path run) throws IOException {
    for (String name :
        List.of(
            "predictions.csv",
            "evaluation.json",
            "model/variables/variables.index",
            "model/variables/variables.data-00000-of-00001")) {
      assertThat(run.resolve(name))
          .as(name)
          .hasBinaryContent(Files.readAllBytes(whole.resolve(name)));
    }
    assertThat(HistoryCsv.read(run.resolve("history.csv")).history())
        .isEqualTo(HistoryCsv.read(whole.resolve("history.csv")).history());
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp") || name.equals("run.lock"));
    }
  }
}
