package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.ConfusionMatrix;
import org.virusmnist.metrics.Evaluation;

class EvaluationJsonTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("evaluation.json");
  }

  @Test
  void startsWithTheScoresPeopleLookFor() throws IOException {
    EvaluationJson.write(file, EvaluationExample.result());

    assertThat(Files.readString(file))
        .startsWith(
            """
            {
              "rows" : 4,
              "accuracy" : 0.5,
              "accuracy_interval_95" : [ 0.15003898915214953, 0.8499610108478506 ],
              "loss" : 1.0,
            """)
        .contains(
            """
              "train_rows" : 100,
              "train_accuracy" : 0.875,
              "train_loss" : 0.5,
            """)
        .contains(
            """
              "confusion_matrix" : [ [ 1, 0, 0 ], [ 1, 1, 1 ], [ 0, 0, 0 ] ],
            """)
        .endsWith("}\n");
  }

  @Test
  void namesEachClassAndEachConfusedPair() throws IOException {
    EvaluationJson.write(file, EvaluationExample.result());

    assertThat(Files.readString(file))
        .contains(
            """
              }, {
                "label" : 1,
                "name" : "go_windows",
                "precision" : 1.0,
                "recall" : 0.3333333333333333,
                "f1" : 0.5,
                "support" : 3
              }, {
            """)
        .contains(
            """
              "confused_pairs" : [ {
                "true" : 1,
                "true_name" : "go_windows",
                "predicted" : 0,
                "predicted_name" : "benign",
                "count" : 1,
                "share_of_true" : 0.3333333333333333
              }, {
            """);
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    EvaluationJson.write(file, EvaluationExample.result());

    assertThat(EvaluationJson.read(file)).isEqualTo(EvaluationExample.result());
  }

  @Test
  void withoutTrainingRowsTheirKeysAreAbsent() throws IOException {
    EvaluationResult all = EvaluationExample.result();
    EvaluationResult testOnly = new EvaluationResult(all.classNames(), all.evaluation(), null);
    EvaluationJson.write(file, testOnly);

    assertThat(Files.readString(file)).doesNotContain("train_");
    assertThat(EvaluationJson.read(file)).isEqualTo(testOnly);
  }

  @Test
  void lossThatIsNotFiniteIsNull() throws IOException {
    Evaluation diverged =
        new Evaluation(
            ConfusionMatrix.of(new long[][] {{1}}),
            Double.NaN,
            1,
            new Calibration(List.of(), 0, 0));
    EvaluationJson.write(file, new EvaluationResult(List.of("a"), diverged, null));

    assertThat(Files.readString(file)).contains("\"loss\" : null,");
    assertThat(EvaluationJson.read(file).evaluation().loss()).isNaN();
  }

  @Test
  void namesWhatIsMissingOrWrong() throws IOException {
    assertRejected("\"loss\"", "\"los\"", ": is no evaluation (loss is missing)");
    assertRejected(
        "\"loss\" : 1.0",
        "\"loss\" : \"1\"",
        ": is no evaluation (loss is \"1\", expected a number)");
    assertRejected(
        "[ 1, 0, 0 ]",
        "[ 1, 0.5, 0 ]",
        ": is no evaluation (count is 0.5, expected a whole number)");
    assertRejected("[ 1, 0, 0 ], ", "", ": is no evaluation (row 0 has 3 columns, expected 2)");
    assertRejected("\"per_class\"", "\"classes\"", ": is no evaluation (per_class is missing)");
  }

  @Test
  void rejectsWhatIsNoObject() {
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, "[1]");
              EvaluationJson.read(file);
            })
        .withMessage(file + ": is no JSON object");
  }

  private void assertRejected(String part, String replacement, String message) throws IOException {
    EvaluationJson.write(file, EvaluationExample.result());
    String wrong = Files.readString(file).replace(part, replacement);
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, wrong);
              EvaluationJson.read(file);
            })
        .withMessage(file + message);
  }
}
