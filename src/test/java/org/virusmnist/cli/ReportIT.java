package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.storage.DirectoryLock;

/** What {@code report} draws from a run's files is what {@code train} drew. */
@Tag("native")
class ReportIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final List<String> DRAWN =
      List.of(
          "report.html",
          "curves.png",
          "confusion_matrix.png",
          "reliability.png",
          "coverage.png",
          "samples.png",
          "misclassified.png");

  @TempDir private Path directory;
  private Path run = Path.of("");

  @BeforeEach
  void train() throws IOException {
    Path train = SampleCsv.write(directory.resolve("train.csv"), 60);
    Path test = SampleCsv.write(directory.resolve("test.csv"), 30);
    run = directory.resolve("run");
    Cli cli =
        Cli.run(
            "train",
            "--model",
            TINY,
            "--train",
            train,
            "--test",
            test,
            "--run",
            run,
            "--epochs",
            "2");
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    Files.delete(train);
    Files.delete(test);
  }

  @Test
  void drawsTheSameFromTheFilesAlone() throws IOException {
    Map<String, byte[]> drawn = new LinkedHashMap<>();
    for (String name : DRAWN) {
      drawn.put(name, Files.readAllBytes(run.resolve(name)));
      Files.delete(run.resolve(name));
    }
    Cli cli = Cli.run("report", run);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).isEqualTo("Wrote " + run.resolve("report.html") + "\n");
    assertThat(drawn)
        .allSatisfy((name, bytes) -> assertThat(run.resolve(name)).hasBinaryContent(bytes));
  }

  @Test
  void keepsOutOfARunThatIsBeingWritten() throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(run)) {
      assertThat(lock.isHeld()).isTrue();
      Cli cli = Cli.run("report", run);

      assertThat(cli.err()).contains(" is writing into it. Wait for its end");
      assertThat(cli.exitCode()).isEqualTo(6);
    }
  }

  @Test
  void leavesOutPicturesThatAreNotThere() throws IOException {
    Files.delete(run.resolve("misclassified.images.csv.gz"));
    Files.delete(run.resolve("samples.images.csv.gz"));
    Files.delete(run.resolve("samples.png"));
    Cli cli = Cli.run("report", run);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.resolve("samples.png")).doesNotExist();
    assertThat(run.resolve("report.html"))
        .content()
        .contains("The pictures of these rows are not in the run directory");
  }

  @Test
  void refusesPicturesOfOtherRows() throws IOException {
    Path mistakes = run.resolve("misclassified.csv");
    Files.writeString(mistakes, Files.readAllLines(mistakes).get(0) + "\n");
    Cli cli = Cli.run("report", run);

    assertThat(cli.err())
        .contains("misclassified.images.csv.gz: has ")
        .endsWith(", expected the 0 of misclassified.csv. Delete it to leave the images out.\n");
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void comparesSeveralRuns() throws IOException {
    Path page = directory.resolve("new/comparison.html");
    Cli cli = Cli.run("report", run, run, "--output", page);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).endsWith("Wrote " + page + "\n");
    assertThat(page).content().contains("<th scope=\"col\">run (2)</th>");
  }
}
