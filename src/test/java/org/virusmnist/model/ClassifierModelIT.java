package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.Attributions;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.SessionSettings.Device;

/**
 * The signatures called from Java give what Keras gives in Python on the same weights and rows.
 *
 * <p>The images are stripes that differ by row and column, so a transpose anywhere fails here.
 */
@Tag("native")
@SuppressWarnings("NullAway.Init") // set before the first test
class ClassifierModelIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path directory;
  private static JsonNode golden;
  private static ImageSet images;
  private static int[] labels;
  private static ClassifierModel model;

  @BeforeAll
  static void openModel() throws IOException {
    golden = new ObjectMapper().readTree(TINY.resolveSibling("tiny-golden.json").toFile());
    labels = ints(golden.get("labels"));
    images = ImageSet.of(grey(Base64.getDecoder().decode(golden.get("images").asText())), labels);
    model = open(TINY);
  }

  @AfterAll
  static void closeModel() {
    model.close();
  }

  @Test
  void explainsAsKerasDoes() {
    JsonNode expected = golden.get("graph").get("explain");
    model.initialize(golden.get("seed").asLong());
    Attributions explained =
        new Explainer(model).explain(images, 0, labels, expected.get("steps").asInt());

    assertThat(explained.size()).isEqualTo(labels.length);
    assertThat(explained.of(0)[3 * 32 + 17])
        .isCloseTo(
            (float) expected.get("first_attribution_at_row_3_column_17").asDouble(),
            within((float) TOLERANCE));
    for (int i = 0; i < labels.length; i++) {
      float sum = 0;
      for (float value : explained.of(i)) {
        sum += value;
      }
      assertThat((double) sum)
          .isCloseTo(expected.get("attribution_sums").get(i).asDouble(), within(TOLERANCE));
      assertThat((double) explained.logits()[i])
          .isCloseTo(expected.get("logits").get(i).asDouble(), within(TOLERANCE));
      assertThat((double) explained.baselineLogits()[i])
          .isCloseTo(expected.get("baseline_logits").get(i).asDouble(), within(TOLERANCE));
    }
  }

  @Test
  void computesTheFeaturesOfKeras() {
    try (Features features = features()) {
      float[] first = new float[features.featureCount() * images.size()];
      features.read(0, first);
      assertClose(first, golden.at("/keras/features"));
    }
  }

  @Test
  void scoresAFreshHeadAsKeras() {
    model.initialize(golden.get("seed").asLong());
    try (Features features = features()) {
      BatchScores scores = model.evaluate(features, labels);
      assertClose(scores.losses(), golden.at("/keras/fresh/losses"));
      assertClose(scores.probabilities(), golden.at("/keras/fresh/probabilities"));
    }
  }

  @Test
  void trainsTheHeadAsKerasOnFeatures() {
    model.initialize(golden.get("seed").asLong());
    try (Features features = features()) {
      StepResults results = model.trainHead(features, labels, goldenSteps());
      assertClose(results.losses(), golden.at("/keras/train_losses"));
      assertClose(
          model.evaluate(features, labels).probabilities(),
          golden.at("/keras/trained/probabilities"));
    }
  }

  @Test
  void trainsTheHeadAsKerasOnImages() {
    model.initialize(golden.get("seed").asLong());
    try (Images loaded = model.load(images)) {
      StepResults results = model.train(loaded, labels, goldenSteps());
      assertClose(results.losses(), golden.at("/keras/train_losses"));
    }
    assertClose(model.predict(images, 0, images.size()), golden.at("/keras/trained/probabilities"));
  }

  @Test
  void trainsPartsOfTheBaseAsTheGraphDoesInPython() throws IOException {
    JsonNode expected = golden.at("/graph/fine_tune_parts");
    try (ClassifierModel own = open(TINY);
        Images loaded = own.load(images)) {
      own.initialize(golden.get("seed").asLong());
      StepResults results =
          own.fineTune(
              loaded,
              labels,
              goldenSteps(),
              new BaseTraining(
                  expected.get("base_rate_factor").asDouble(),
                  expected.get("trainable_blocks").asInt()));
      assertClose(results.losses(), expected.get("losses"));
      assertClose(own.predict(images, 0, images.size()), expected.get("probabilities"));
    }
  }

  @Test
  void givesTheSameResultsWhenStepsAreSplitOverCalls() {
    model.initialize(7);
    try (Features features = features()) {
      HeadSteps all = goldenSteps();
      float[] together = model.trainHead(features, labels, all).losses();
      model.initialize(7);
      for (int step = 0; step < all.steps(); step++) {
        assertThat(model.trainHead(features, labels, only(all, step)).losses())
            .containsExactly(together[step]);
      }
    }
  }

  @Test
  void changesNothingInAStepWithoutRows() {
    model.initialize(7);
    float[] before = model.predict(images, 0, images.size());
    try (Features features = features()) {
      StepResults results =
          model.trainHead(
              features,
              labels,
              new HeadSteps(new int[] {-1, -1}, new float[] {1f}, Regularization.none(10), 7));
      assertThat(results.losses()).containsExactly(0f);
      assertThat(results.correct()).containsExactly(0);
    }
    assertThat(model.predict(images, 0, images.size())).isEqualTo(before);
  }

  @Test
  void learnsAFewImagesByHeart() {
    model.initialize(1);
    int[] rows = new int[800 * images.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % images.size();
    }
    float[] rates = new float[800];
    java.util.Arrays.fill(rates, 0.05f);
    try (Features features = features()) {
      StepResults results =
          model.trainHead(features, labels, new HeadSteps(rows, rates, Regularization.none(10), 1));
      assertThat(results.losses()[799]).isLessThan(0.1f * results.losses()[0]);
      assertThat(results.correct()[799]).isEqualTo(images.size());
    }
  }

  @Test
  void theFingerprintOfFeaturesHeedsTheBaseAndNotTheHead() throws IOException {
    Path exported = directory.resolve("tuned");
    try (ClassifierModel own = open(TINY);
        Images loaded = own.load(images)) {
      String before = own.featuresFingerprint();
      own.initialize(3);
      assertThat(own.featuresFingerprint()).isEqualTo(before).hasSize(64);

      own.fineTune(loaded, labels, goldenSteps());
      String tuned = own.featuresFingerprint();
      assertThat(tuned).isNotEqualTo(before);
      own.exportTo(exported, besides -> {});
      try (ClassifierModel reopened = open(exported)) {
        assertThat(reopened.featuresFingerprint()).isEqualTo(tuned);
      }
    }
  }

  @Test
  void predictsARowTheSameWhereverItStandsInABatch() {
    float[] all = model.predict(images, 0, images.size());
    float[] last = model.predict(images, images.size() - 1, 1);
    for (int c = 0; c < 10; c++) {
      assertThat(last[c]).isCloseTo(all[(images.size() - 1) * 10 + c], within(1e-6f));
    }
  }

  @Test
  void exportsWhatItHasLearnt() throws IOException {
    model.initialize(7);
    try (Features features = features()) {
      model.trainHead(features, labels, goldenSteps());
    }
    float[] expected = model.predict(images, 0, images.size());
    Path exported = directory.resolve("parent/exported");
    model.exportTo(exported, target -> Files.writeString(target.resolve("note.txt"), "trained"));

    try (ClassifierModel reopened = open(exported)) {
      assertThat(reopened.predict(images, 0, images.size())).isEqualTo(expected);
    }
    assertThat(Files.readAllBytes(exported.resolve("contract.json")))
        .isEqualTo(Files.readAllBytes(TINY.resolve("contract.json")));
    assertThatThrownBy(() -> model.exportTo(exported, target -> {}))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(exported.resolve("note.txt")).hasContent("trained");
    assertThat(directory.resolve("parent").toFile().list()).containsExactly("exported");
  }

  @Test
  void saysWhatTheModelIsAndWhereItRuns() {
    assertThat(model.shape()).isEqualTo(new ModelShape(8, 10));
    assertThat(model.deviceName()).matches("CPU:0|GPU:\\d+");
  }

  @Test
  void refusesFeaturesAndImagesThatAreClosed() {
    Features features = features();
    features.close();
    features.close();
    Images loaded = model.load(images);
    loaded.close();
    loaded.close();

    assertThatThrownBy(() -> model.evaluate(features, labels))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("these features of 8 images are closed");
    assertThatThrownBy(() -> model.train(loaded, labels, goldenSteps()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("these images are closed");
  }

  @Test
  void readsBackFeaturesThatWereWritten() {
    try (Features features = model.newFeatures(3)) {
      float[] row = {1, 2, 3, 4, 5, 6, 7, 8};
      features.write(1, row);
      float[] back = new float[8];
      features.read(1, back);
      assertThat(back).isEqualTo(row);
      assertThat(features.size()).isEqualTo(3);
    }
  }

  private static ClassifierModel open(Path path) throws IOException {
    return ClassifierModel.open(SavedModelFile.read(path), SessionSettings.on(Device.AUTO));
  }

  private static Features features() {
    Features features = model.newFeatures(images.size());
    model.features(images, 0, 3, features);
    model.features(images, 3, images.size() - 3, features);
    return features;
  }

  private static HeadSteps goldenSteps() {
    List<Integer> rows = new ArrayList<>();
    golden.get("batches").forEach(batch -> batch.forEach(row -> rows.add(row.asInt())));
    return new HeadSteps(
        rows.stream().mapToInt(Integer::intValue).toArray(),
        floats(golden.get("learning_rates")),
        Regularization.none(10),
        42);
  }

  private static HeadSteps only(HeadSteps all, int step) {
    int size = all.batchSize();
    int[] rows = java.util.Arrays.copyOfRange(all.rows(), step * size, (step + 1) * size);
    return new HeadSteps(
        rows, new float[] {all.learningRates()[step]}, all.regularization(), all.seed());
  }

  private static byte[] grey(byte[] rgb) {
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      assertThat(rgb[3 * i + 1]).isEqualTo(rgb[3 * i]);
      assertThat(rgb[3 * i + 2]).isEqualTo(rgb[3 * i]);
      grey[i] = rgb[3 * i];
    }
    return grey;
  }

  private static void assertClose(float[] actual, JsonNode expected) {
    float[] wanted = floats(expected);
    assertThat(actual).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(wanted[i], within(TOLERANCE));
    }
  }

  /** Flattens nested arrays, row-major. */
  private static float[] floats(JsonNode node) {
    List<Float> values = new ArrayList<>();
    flatten(node, values);
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static void flatten(JsonNode node, List<Float> values) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, values));
    } else {
      values.add((float) node.asDouble());
    }
  }

  private static int[] ints(JsonNode node) {
    int[] values = new int[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asInt();
    }
    return values;
  }
}
