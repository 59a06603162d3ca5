package org.virusmnist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.report.HistoryCsv;

/** Where rows are kept, and in how many files they come, changes nothing of a run. */
@Tag("native")
class StorageIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path train;
  private Path test;
  private Path work;

  @BeforeEach
  void writeData() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 90);
    test = SampleCsv.write(directory.resolve("test.csv"), 30);
    work = directory.resolve("work");
  }

  private List<Object> arguments(Path run, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("train", "--model", TINY, "--test", test, "--epochs", "3"));
    all.addAll(List.of("--learning-rate", "0.01", "--dropout", "0.2", "--run", run));
    all.addAll(List.of(more));
    return all;
  }

  private Path train(String name, Object... more) {
    Path run = directory.resolve(name);
    Cli cli = Cli.run(arguments(run, more).toArray());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return run;
  }

  private Path trainOnDisk(String name, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--storage", "disk", "--work-directory", work));
    all.addAll(List.of(more));
    return train(name, all.toArray());
  }

  private static void requireSame(Path run, Path expected) throws IOException {
    assertThat(HistoryCsv.read(run.resolve("history.csv")).history())
        .isEqualTo(HistoryCsv.read(expected.resolve("history.csv")).history());
    for (String file :
        List.of(
            "evaluation.json",
            "predictions.csv",
            "misclassified.images.csv.gz",
            "samples.images.csv.gz",
            "model/variables/variables.data-00000-of-00001")) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @Test
  void trainsOnDiskAsInMemory() throws IOException {
    Path inMemory = train("memory", "--train", train);
    Path onDisk = trainOnDisk("disk", "--train", train);

    requireSame(onDisk, inMemory);
    assertThat(onDisk.resolve("run.log")).content().contains("Audit       left out");
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void takesSeveralFilesAsOne() throws IOException {
    Path shards = Files.createDirectory(directory.resolve("shards"));
    List<String> lines = Files.readAllLines(train);
    write(shards.resolve("0.csv"), lines, 1, 40);
    write(shards.resolve("1.csv"), lines, 41, 90);
    Path whole = train("whole", "--train", train);

    requireSame(train("memory", "--train", shards), whole);
    requireSame(trainOnDisk("disk", "--train", shards), whole);
    requireSame(trainOnDisk("pattern", "--train", shards.resolve("*.csv")), whole);
    Path several =
        trainOnDisk("several", "--train", shards.resolve("0.csv"), shards.resolve("1.csv"));
    requireSame(several, whole);
    assertThat(several.resolve("config.json")).content().contains("\"files\" : 2");
  }

  private static void write(Path file, List<String> lines, int from, int to) throws IOException {
    List<String> own = new ArrayList<>(List.of(lines.get(0)));
    own.addAll(lines.subList(from, to + 1));
    Files.write(file, own);
  }

  @Test
  void validatesOnDiskAsInMemory() throws IOException {
    Path inMemory = train("memory", "--train", train, "--validation", test);
    requireSame(trainOnDisk("disk", "--train", train, "--validation", test), inMemory);
  }

  @Test
  void goesOnAfterItWasKilled() throws Exception {
    List<Object> few = List.of("--train", train, "--batch-size", "1", "--checkpoint-every", "0");
    Path whole = train("whole", few.toArray());
    Path run = directory.resolve("killed");
    List<Object> all = new ArrayList<>(few);
    all.addAll(List.of("--storage", "disk", "--work-directory", work));
    Process process = MainProcess.start(directory, arguments(run, all.toArray()).toArray());
    while (!Files.exists(run.resolve("checkpoints/LATEST"))) {
      assertThat(process.isAlive()).as(Files.readString(directory.resolve("err"))).isTrue();
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    Cli cli = Cli.run("train", "--resume", run);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    requireSame(run, whole);
  }

  @Test
  void refusesWhatNeedsMemory() {
    for (String option : List.of("--folds=3", "--baselines")) {
      Cli cli = Cli.run(arguments(directory.resolve("run"), option, "--storage", "disk").toArray());
      assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(cli.err())
          .contains("--storage is disk and " + option.split("=", 2)[0] + " is given, which needs");
    }
  }

  @Test
  void saysWhichFileIsDamaged() throws IOException {
    Path shards = Files.createDirectory(directory.resolve("shards"));
    Files.copy(train, shards.resolve("0.csv"));
    Files.write(shards.resolve("1.csv"), "label,pixel1\n".getBytes(UTF_8));
    Cli cli =
        Cli.run(
            arguments(
                    directory.resolve("run"),
                    "--train",
                    shards,
                    "--storage",
                    "disk",
                    "--work-directory",
                    work)
                .toArray());

    assertThat(cli.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(cli.err()).contains(shards.resolve("1.csv") + ":1: ");
    assertThat(work).isEmptyDirectory();
  }
}
