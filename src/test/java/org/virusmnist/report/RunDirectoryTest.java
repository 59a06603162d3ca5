package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run never takes a directory that another run has. */
class RunDirectoryTest {
  @TempDir private Path parent;

  @Test
  void takesTheNextFreeNumber() throws IOException {
    Files.createDirectories(parent.resolve("runs/2"));

    assertThat(RunDirectory.createNumbered(parent.resolve("runs"), empty -> {}).root())
        .hasFileName("1");
    assertThat(RunDirectory.createNumbered(parent.resolve("runs"), empty -> {}).root())
        .hasFileName("3");
  }

  @Test
  void takesANamedDirectoryThatIsEmpty() throws IOException {
    Path root = Files.createDirectories(parent.resolve("named"));

    assertThat(RunDirectory.create(root, empty -> {}).history())
        .isEqualTo(root.resolve("history.csv"));
  }

  @Test
  void refusesANamedDirectoryWithSomethingInIt() throws IOException {
    Files.writeString(parent.resolve("file"), "mine");

    assertThatThrownBy(() -> RunDirectory.create(parent, empty -> {}))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage(parent.toString());
  }

  @Test
  void namesTheFilesThatOthersRelyOn() {
    RunDirectory run = new RunDirectory(Path.of("runs/1"));

    assertThat(
            new Path[] {
              run.config(),
              run.history(),
              run.evaluation(),
              run.confusionMatrix(),
              run.predictions(),
              run.misclassified(),
              run.curvesChart(),
              run.confusionMatrixChart(),
              run.samplesChart(),
              run.misclassifiedChart(),
              run.model(),
              run.checkpoints(),
              run.log()
            })
        .extracting(file -> run.root().relativize(file).toString())
        .containsExactly(
            "config.json",
            "history.csv",
            "evaluation.json",
            "confusion_matrix.csv",
            "predictions.csv",
            "misclassified.csv",
            "curves.png",
            "confusion_matrix.png",
            "samples.png",
            "misclassified.png",
            "model",
            "checkpoints",
            "run.log");
  }
}
