package org.virusmnist.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.report.ModelTraining;

/** What is refused before native code is loaded, and what a prediction says. */
class ClassifierTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final PredictionBatch ROW = PredictionBatch.of(0, 2, new float[] {0.2f, 0.8f});

  @TempDir private Path directory;

  @Test
  void refusesAModelAsExported() {
    assertThatIOException()
        .isThrownBy(() -> Classifier.load(TINY))
        .withMessage(
            TINY + ": is untrained, expected a model that 'virus-mnist train' has written.");
  }

  @Test
  void refusesNamesOfOtherClasses() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    copy(TINY, model);
    new ModelTraining(List.of("a", "b"), 1, 1.0, "header").write(model);

    assertThatIOException()
        .isThrownBy(() -> Classifier.load(directory))
        .withMessage(
            model.resolve("training.json") + ": names 2 classes, the model has 10. Train again.");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatIOException()
        .isThrownBy(() -> Classifier.load(directory))
        .withMessageContaining("expected a SavedModel with a file 'saved_model.pb'");
  }

  @Test
  void refusesADeviceThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Classifier.load(directory, "tpu"))
        .withMessageStartingWith("device is 'tpu', expected auto, cpu, gpu, gpu:N");
  }

  /** No machine has a GPU of this number, so the test holds on those with GPUs too. */
  @Test
  void refusesAGpuThatCannotBeUsedAsTheCommandLineDoes() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    copy(TINY, model);
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "kind" + i).toList();
    new ModelTraining(names, 1, 1.0, "header").write(model);
    String request = "gpu:999";
    Throwable refused = catchThrowable(() -> DeviceChoice.of(DeviceRequest.parse(request)));

    assertThat(refused).hasMessageStartingWith("--device gpu:999: ");
    assertThatIOException()
        .isThrownBy(() -> Classifier.load(directory, request))
        .withMessage(refused.getMessage());
  }

  @Test
  void predictionsGiveNamesOnlyWhereTheyAreSure() {
    Prediction prediction = new Prediction(ROW, "bad", OptionalDouble.of(0.7));

    assertThat(prediction.label()).isEqualTo(1);
    assertThat(prediction.name()).isEqualTo("bad");
    assertThat(prediction.probability(1)).isEqualTo(0.8f);
    assertThat(prediction.calibratedProbability()).hasValue(0.7);
    assertThat(prediction.verdict(0.7)).isEqualTo("bad");
    assertThat(prediction.verdict(0.71)).isEqualTo("unsure");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> prediction.probability(2));
  }

  @Test
  void predictionsWithoutCalibrationAreNeverSure() {
    assertThat(new Prediction(ROW, "bad", OptionalDouble.empty()).verdict(0)).isEqualTo("unsure");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!file.equals(from)) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
  }
}
