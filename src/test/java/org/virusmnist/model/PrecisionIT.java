package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.SessionSettings.Device;

/** Another precision changes the base and nothing else. */
@Tag("native")
@SuppressWarnings("NullAway.Init") // set before the first test
class PrecisionIT {
  private static final SavedModelFile TINY = tiny();
  private static final int ROWS = 40;
  private static final int[] LABELS = labels();
  private static final HeadSteps STEPS =
      new HeadSteps(rows(), new float[] {0.01f, 0.01f}, Regularization.none(10), 1);

  /** Eight significant bits, through some twenty layers. */
  private static final float BFLOAT16_TOLERANCE = 0.05f;

  private static ImageSet images;
  private static ClassifierModel exact;

  private static SavedModelFile tiny() {
    try {
      return SavedModelFile.read(Path.of("src/test/resources/savedmodel/tiny"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int[] labels() {
    int[] labels = new int[ROWS];
    Arrays.setAll(labels, i -> i % 10);
    return labels;
  }

  private static int[] rows() {
    int[] rows = new int[ROWS];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  @BeforeAll
  static void openModel() throws IOException {
    byte[] grey = new byte[ROWS * ImageSet.PIXELS];
    new Random(1).nextBytes(grey);
    images = ImageSet.of(grey, LABELS);
    exact = open(Precision.FLOAT32);
  }

  @AfterAll
  static void closeModel() {
    exact.close();
  }

  private static ClassifierModel open(Precision precision) throws IOException {
    return ClassifierModel.open(TINY, SessionSettings.on(Device.CPU).in(precision));
  }

  private static ClassifierModel openBfloat16() throws IOException {
    assumeTrue(CpuFeatures.haveBfloat16(), "this CPU has no bfloat16 arithmetic");
    return open(Precision.BFLOAT16);
  }

  @Test
  void roundsFeatures() throws IOException {
    try (ClassifierModel rounded = openBfloat16();
        Features features = features(rounded);
        Features expected = features(exact)) {
      float[] found = values(features);

      assertThat(found).isNotEqualTo(values(expected));
      assertThat(found).containsExactly(values(expected), within(BFLOAT16_TOLERANCE));
    }
  }

  @Test
  void leavesTheHeadAsItIs() throws IOException {
    try (ClassifierModel rounded = openBfloat16();
        Features features = features(rounded)) {
      exact.initialize(7);
      rounded.initialize(7);
      StepResults expected = exact.trainHead(features, LABELS, STEPS);
      StepResults trained = rounded.trainHead(features, LABELS, STEPS);

      assertThat(trained.losses()).containsExactly(expected.losses());
      assertThat(rounded.evaluate(features, LABELS).probabilities())
          .containsExactly(exact.evaluate(features, LABELS).probabilities());
    }
  }

  @Test
  void predictsFromRoundedFeatures() throws IOException {
    try (ClassifierModel rounded = openBfloat16();
        Features features = features(rounded)) {
      rounded.initialize(7);
      BatchScores scores = rounded.evaluate(features, LABELS);

      assertThat(rounded.predict(images, 0, ROWS)).containsExactly(scores.probabilities());
      assertThat(rounded.evaluate(images, 0, ROWS).losses()).containsExactly(scores.losses());
    }
  }

  @Test
  void followsABaseThatIsTrained() throws IOException {
    try (ClassifierModel tuned = open(Precision.FLOAT32);
        ClassifierModel rounded = openBfloat16();
        Features before = features(rounded);
        Images loaded = rounded.load(images)) {
      tuned.initialize(7);
      rounded.initialize(7);

      assertThat(rounded.fineTune(loaded, LABELS, STEPS).losses())
          .containsExactly(tuned.fineTune(loaded, LABELS, STEPS).losses());
      try (Features after = features(rounded);
          Features expected = features(tuned)) {
        assertThat(values(after)).isNotEqualTo(values(before));
        assertThat(values(after)).containsExactly(values(expected), within(BFLOAT16_TOLERANCE));
      }
    }
  }

  @Test
  void refusesWhatACpuCannotDo() {
    assertThatThrownBy(() -> open(Precision.FLOAT16))
        .isInstanceOf(PrecisionUnavailableException.class)
        .hasMessageStartingWith(
            "--precision is float16, and CPU:0 does not compute in it, expected float32");
  }

  private static Features features(ClassifierModel model) {
    Features features = model.newFeatures(ROWS);
    model.features(images, 0, ROWS, features);
    return features;
  }

  private static float[] values(Features features) {
    float[] values = new float[features.size() * features.featureCount()];
    features.read(0, values);
    return values;
  }
}
