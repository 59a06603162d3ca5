package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model carries what it needs to be used, or says that it does not know. */
class ModelTrainingTest {
  @TempDir private Path model;

  @Test
  void readsWhatItWrote() throws IOException {
    ModelTraining all = new ModelTraining(List.of("a", "b"), 0.5, 1.25, "header");
    all.write(model);
    assertThat(ModelTraining.read(model)).isEqualTo(all);

    ModelTraining some = new ModelTraining(List.of("a"), 1, null, null);
    some.write(model);
    assertThat(ModelTraining.read(model)).isEqualTo(some);
    assertThat(model.resolve("training.json")).content().doesNotContain("null");
  }

  @Test
  void isAbsentInAModelAsExported() throws IOException {
    assertThat(ModelTraining.read(model)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"test_accuracy\": 1}",
        "{\"class_names\": [], \"test_accuracy\": 1}",
        "{\"class_names\": [\"a\"], \"test_accuracy\": \"x\"}",
      })
  void refusesAFileThatSaysLess(String json) throws IOException {
    Files.writeString(model.resolve("training.json"), json);

    assertThatIOException()
        .isThrownBy(() -> ModelTraining.read(model))
        .withMessage(
            model.resolve("training.json")
                + ": has no class_names or no test_accuracy. Train again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1e999"})
  void refusesATemperatureThatIsNone(String temperature) throws IOException {
    Files.writeString(
        model.resolve("training.json"),
        "{\"class_names\": [\"a\"], \"test_accuracy\": 1, \"temperature\": " + temperature + "}");

    assertThatIOException()
        .isThrownBy(() -> ModelTraining.read(model))
        .withMessageContaining("expected more than 0");
  }
}
