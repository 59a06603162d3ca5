package org.virusmnist.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.report.ModelTraining;

/** The public API on a tiny SavedModel, in process and from a program of its own. */
@Tag("native")
class ClassifierIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final int CLASSES = 10;
  private static final double TEMPERATURE = 0.5;

  @TempDir private Path run;
  private Path exe;

  @BeforeEach
  void writeRun() throws IOException {
    Path model = Files.createDirectory(run.resolve("model"));
    new ProcessBuilder("cp", "-r", TINY + "/.", model.toString()).start().onExit().join();
    train("header");
    exe = Files.write(run.resolve("a.exe"), PeBytes.minimal());
  }

  private void train(String recipe) throws IOException {
    List<String> names = IntStream.range(0, CLASSES).mapToObj(i -> "kind" + i).toList();
    new ModelTraining(names, 0.5, TEMPERATURE, recipe).write(run.resolve("model"));
  }

  @Test
  void saysWhatTheModelSays() throws IOException {
    byte[] pixels = Arrays.copyOf(PeBytes.minimal(), 1024);
    float[] expected = predict(pixels);
    float[] calibrated = new TemperatureScaling(TEMPERATURE).calibrate(expected, CLASSES);
    try (Classifier classifier = Classifier.load(run, "cpu")) {
      Prediction prediction = classifier.classify(pixels);

      assertThat(classifier.classNames()).hasSize(CLASSES);
      assertThat(classifier.imageRecipe()).hasValue("header");
      for (int c = 0; c < CLASSES; c++) {
        assertThat(prediction.probability(c)).isCloseTo(expected[c], within(1e-6f));
      }
      assertThat(prediction.name()).isEqualTo("kind" + prediction.label());
      assertThat(prediction.calibratedProbability().orElseThrow())
          .isCloseTo(calibrated[prediction.label()], within(1e-6));
      for (Prediction same :
          List.of(
              classifier.classifyExecutable(exe),
              classifier.classifyExecutable(PeBytes.minimal()),
              classifier.classify(List.of(new byte[1024], pixels)).get(1))) {
        assertThat(same.probability(3)).isCloseTo(expected[3], within(1e-6f));
      }
      assertThat(classifier.classify(List.of())).isEmpty();
    }
  }

  @Test
  void saysWhereItRuns() throws IOException {
    try (Classifier classifier = Classifier.load(run, "CPU")) {
      assertThat(classifier.device()).isEqualTo("CPU:0");
      assertThat(classifier.whyCpu()).isEmpty();
    }
  }

  /** Whatever the machine has: the GPU, or a reason. */
  @Test
  void findsADeviceByItself() throws IOException {
    try (Classifier classifier = Classifier.load(run)) {
      boolean isOnCpu = classifier.device().equals("CPU:0");

      assertThat(classifier.device()).matches("CPU:0|GPU:\\d+");
      assertThat(classifier.whyCpu().isPresent()).isEqualTo(isOnCpu);
      assertThat(classifier.classifyExecutable(exe).probability(0)).isBetween(0f, 1f);
    }
  }

  @Test
  void refusesWhatIsNoImageOrNoExecutable() throws IOException {
    Path text = Files.writeString(run.resolve("a.txt"), "hello");
    try (Classifier classifier = Classifier.load(run)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> classifier.classify(new byte[1023]))
          .withMessage("image 0 has 1023 pixels, expected 1024");
      assertThatIOException()
          .isThrownBy(() -> classifier.classifyExecutable(text))
          .withMessage(text + ": does not start with MZ");
    }
    train("spiral");
    try (Classifier classifier = Classifier.load(run)) {
      assertThatIllegalStateException().isThrownBy(() -> classifier.classifyExecutable(exe));
    }
  }

  @Test
  void servesSeveralThreadsAndRefusesToServeAfterTheEnd() throws Exception {
    Classifier classifier = Classifier.load(run);
    float expected = classifier.classifyExecutable(exe).probability(0);
    List<Float> seen = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread = new Thread(() -> classifyOften(classifier, seen));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    classifier.close();
    classifier.close();

    assertThat(seen).hasSize(400).allMatch(value -> Math.abs(value - expected) < 1e-6);
    assertThatIllegalStateException()
        .isThrownBy(() -> classifier.classifyExecutable(exe))
        .withMessage("the classifier is closed");
  }

  private void classifyOften(Classifier classifier, List<Float> seen) {
    for (int i = 0; i < 50; i++) {
      try {
        float value = classifier.classifyExecutable(exe).probability(0);
        synchronized (seen) {
          seen.add(value);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void runsTheExampleOfTheDocumentation() throws Exception {
    Process example =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "docs/examples/ClassifyFiles.java",
                run.toString(),
                exe.toString(),
                run.resolve("gone.exe").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(example.getInputStream().readAllBytes(), UTF_8);

    assertThat(example.waitFor()).as(out).isZero();
    assertThat(out.lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Classes: kind0, kind1, "),
            line ->
                assertThat(line).matches("\\Q" + exe + "\\E: (kind\\d|unsure) \\(0\\.\\d{3}\\)"),
            line -> assertThat(line).startsWith("skipped " + run.resolve("gone.exe")));
  }

  private float[] predict(byte[] pixels) throws IOException {
    SavedModelFile file = SavedModelFile.read(run.resolve("model"));
    SessionSettings settings = SessionSettings.on(SessionSettings.Device.CPU);
    try (ClassifierModel model = ClassifierModel.open(file, settings)) {
      return model.predict(ImageSet.of(pixels, null), 0, 1);
    }
  }
}
