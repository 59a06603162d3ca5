package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.RowOrder;
import org.virusmnist.dataset.Shards;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.SessionSettings.Device;

/** Features in files give the bits that features in memory give. */
@Tag("native")
@SuppressWarnings("NullAway.Init") // set before the first test
class StagedFeaturesIT {
  private static final int ROWS = 21;
  private static final int BATCH = 4;

  @TempDir private Path directory;
  private static ImageSet images;
  private static int[] labels;
  private static ClassifierModel model;
  private static Features inMemory;
  private FeatureShards inFiles;

  @BeforeAll
  static void openModel() throws IOException {
    byte[] pixels = new byte[ROWS * ImageSet.PIXELS];
    new Random(3).nextBytes(pixels);
    labels = new Random(4).ints(ROWS, 0, 10).toArray();
    images = ImageSet.of(pixels, labels);
    model =
        ClassifierModel.open(
            SavedModelFile.read(TamperedModel.TINY), SessionSettings.on(Device.CPU));
    inMemory = model.newFeatures(ROWS);
    model.features(images, 0, ROWS, inMemory);
  }

  @AfterAll
  static void closeModel() {
    inMemory.close();
    model.close();
  }

  /** Three shards, filled by a batch of 8 and one of 13. */
  @BeforeEach
  void writeShards() throws IOException {
    Path target = directory.resolve("features");
    inFiles =
        FeatureShards.write(
            target,
            new Shards(ROWS, 8),
            inMemory.featureCount(),
            sink -> {
              sink.append(values(0, 8));
              sink.append(values(8, 13));
            });
    assertThat(Files.size(target.resolve("00001.features")))
        .isEqualTo(7L * inMemory.featureCount() * Float.BYTES);
  }

  private static float[] values(int from, int count) {
    float[] values = new float[count * inMemory.featureCount()];
    inMemory.read(from, values);
    return values;
  }

  @Test
  void givesBackEveryRow() {
    int[] chosen = {20, 0, 7, 7, 19, 3};
    try (Features expected = inMemory.select(chosen);
        Features found = inFiles.select(chosen)) {
      assertThat(values(found)).isEqualTo(values(expected));
    }
    assertThat(inFiles.size()).isEqualTo(ROWS);
    assertThatThrownBy(() -> inFiles.select(new int[] {ROWS}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static float[] values(Features features) {
    float[] values = new float[features.size() * features.featureCount()];
    features.read(0, values);
    return values;
  }

  /** All steps in one call, or one, or two of them. */
  @Test
  void trainsBitForBitHoweverFewRowsAreStaged() {
    model.initialize(5);
    StepResults fed = model.trainHead(inMemory, labels, steps());
    float[] trained = model.predict(images, 0, ROWS);
    for (int room : new int[] {100, BATCH, 2 * BATCH + 1}) {
      model.initialize(5);
      try (StagedFeatures staged = new StagedFeatures(model, inFiles, labels, room)) {
        StepResults results = staged.run(steps());
        assertThat(results.losses()).isEqualTo(fed.losses());
        assertThat(results.correct()).isEqualTo(fed.correct());
      }
      assertThat(model.predict(images, 0, ROWS)).isEqualTo(trained);
    }
  }

  private static HeadSteps steps() {
    int steps = (ROWS - 1) / BATCH + 1;
    int[] rows = new int[steps * BATCH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i < ROWS ? i * 8 % ROWS : -1;
    }
    float[] rates = new float[steps];
    Arrays.fill(rates, 0.02f);
    float[] ones = Regularization.none(10).classWeights();
    return new HeadSteps(rows, rates, new Regularization(0.2f, 0.1f, 0.01f, ones), 9);
  }

  @Test
  void scoresBitForBit() {
    model.initialize(5);
    assertThat(FeatureScores.of(model, inFiles, RowOrder.sequential(ROWS), labels))
        .usingRecursiveComparison()
        .isEqualTo(model.evaluate(inMemory, labels));
  }

  /** More rows than are scored in a call. */
  @Test
  void scoresManyRowsLikeFew() {
    int[] many = new int[FeatureScores.MOST_ROWS + 5];
    Arrays.setAll(many, i -> i % ROWS);
    int[] itsLabels = Arrays.stream(many).map(row -> labels[row]).toArray();
    float[] losses = FeatureScores.of(model, inFiles, many, itsLabels).losses();

    assertThat(losses).hasSize(many.length);
    try (Features last = inMemory.select(lastFive(many));
        Features fed = inMemory.select(many)) {
      assertThat(Arrays.copyOfRange(losses, many.length - 5, many.length))
          .isEqualTo(model.evaluate(last, lastFive(itsLabels)).losses());
      assertThat(model.evaluate(fed, itsLabels).losses()).isEqualTo(losses);
    }
  }

  private static int[] lastFive(int[] values) {
    return Arrays.copyOfRange(values, values.length - 5, values.length);
  }

  @Test
  void leavesNothingBehindWhereRowsAreMissing() {
    Path target = directory.resolve("half");
    assertThatThrownBy(
            () ->
                FeatureShards.write(
                    target,
                    new Shards(ROWS, 8),
                    inMemory.featureCount(),
                    sink -> sink.append(values(0, 8))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("8 rows of features, expected 21");
    assertThat(target).doesNotExist();
  }
}
