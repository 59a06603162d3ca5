package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.SessionSettings.Device;

/**
 * Rows in the device's memory give the bits that fed rows give, however few of them fit.
 *
 * <p>With 21 rows, batches of 4 and room for 9, a call takes three loads.
 */
@Tag("native")
@SuppressWarnings("NullAway.Init") // set before the first test
class ResidentRowsIT {
  private static final int ROWS = 21;
  private static final int FIRST_PART = 13;
  private static final int BATCH = 4;
  private static final long ALL = Long.MAX_VALUE;
  private static final long FEATURES_OF_NINE = 9 * (8 * 4 + 8);
  private static final long IMAGES_OF_NINE = 9 * (3072 + 8);

  @TempDir private Path directory;
  private static ImageSet images;
  private static int[] labels;
  private static ClassifierModel model;
  private static Features features;

  @BeforeAll
  static void openModel() throws IOException {
    byte[] pixels = new byte[ROWS * ImageSet.PIXELS];
    new Random(3).nextBytes(pixels);
    labels = new Random(4).ints(ROWS, 0, 10).toArray();
    images = ImageSet.of(pixels, labels);
    SavedModelFile file = SavedModelFile.read(TamperedModel.TINY);
    model = ClassifierModel.open(file, SessionSettings.on(Device.CPU));
    features = model.newFeatures(ROWS);
    model.features(images, 0, ROWS, features);
  }

  @AfterAll
  static void closeModel() {
    features.close();
    model.close();
  }

  @Test
  void trainsTheHeadOnFeaturesBitForBit() {
    model.initialize(5);
    StepResults fed = model.trainHead(features, labels, steps());
    float[] trained = predictions();
    for (long bytes : new long[] {ALL, FEATURES_OF_NINE}) {
      model.initialize(5);
      try (ResidentRows rows = ofFeatures(bytes)) {
        assertThat(rows.room()).isEqualTo(bytes == ALL ? ROWS : 9);
        assertSame(rows.train(steps()), fed);
        assertThat(predictions()).isEqualTo(trained);
      }
    }
  }

  @Test
  void trainsTheHeadOnImagesBitForBit() throws IOException {
    model.initialize(5);
    StepResults fed;
    try (Images loaded = model.load(images)) {
      fed = model.train(loaded, labels, steps());
    }
    float[] trained = predictions();
    for (long bytes : new long[] {ALL, IMAGES_OF_NINE}) {
      model.initialize(5);
      try (ResidentRows rows = ofImages(model, bytes)) {
        assertSame(rows.train(steps()), fed);
        assertThat(predictions()).isEqualTo(trained);
      }
    }
  }

  @Test
  void trainsTheBaseOnImagesBitForBit() throws IOException {
    StepResults fed;
    try (ClassifierModel own = open(TamperedModel.TINY);
        Images loaded = own.load(images)) {
      own.initialize(5);
      fed = own.fineTune(loaded, labels, steps());
    }
    for (long bytes : new long[] {ALL, IMAGES_OF_NINE}) {
      try (ClassifierModel own = open(TamperedModel.TINY);
          ResidentRows rows = ofImages(own, bytes)) {
        own.initialize(5);
        assertSame(rows.fineTune(steps()), fed);
      }
    }
  }

  @Test
  void trainsPartsOfTheBaseBitForBit() throws IOException {
    BaseTraining base = new BaseTraining(0.1, 2);
    StepResults fed;
    try (ClassifierModel own = open(TamperedModel.TINY);
        Images loaded = own.load(images)) {
      own.initialize(5);
      fed = own.fineTune(loaded, labels, steps(), base);
    }
    for (long bytes : new long[] {ALL, IMAGES_OF_NINE}) {
      try (ClassifierModel own = open(TamperedModel.TINY);
          ResidentRows rows = ofImages(own, bytes)) {
        own.initialize(5);
        assertSame(rows.fineTune(steps(), base), fed);
      }
    }
  }

  @Test
  void scoresRowsOfFeaturesAndImagesAlike() throws IOException {
    model.initialize(5);
    int[] chosen = {20, 0, 13, 13, 12, 1, 2, 3, 4, 5, 6};
    int[] chosenLabels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosenLabels[i] = labels[chosen[i]];
    }
    try (Features selected = features.select(chosen);
        ResidentRows ofFeatures = ofFeatures(ALL);
        ResidentRows ofImages = ofImages(model, ALL)) {
      BatchScores fed = model.evaluate(selected, chosenLabels);
      assertThat(ofFeatures.evaluate(chosen)).usingRecursiveComparison().isEqualTo(fed);
      assertThat(ofImages.evaluate(chosen)).usingRecursiveComparison().isEqualTo(fed);
    }
    try (ResidentRows few = ofFeatures(FEATURES_OF_NINE);
        Features selected = features.select(chosen)) {
      BatchScores fed = model.evaluate(selected, chosenLabels);
      assertThat(few.evaluate(chosen)).usingRecursiveComparison().isEqualTo(fed);
    }
  }

  @Test
  void leavesNothingInAnExportedModel() throws IOException {
    Path exported = directory.resolve("exported");
    try (ClassifierModel own = open(TamperedModel.TINY);
        ResidentRows rows = ofImages(own, ALL)) {
      rows.train(steps());
      own.exportTo(exported, besides -> {});
    }
    String weights = "variables/variables.data-00000-of-00001";
    assertThat(Files.size(exported.resolve(weights)))
        .isLessThan(Files.size(TamperedModel.TINY.resolve(weights)) + ROWS * ImageSet.PIXELS);
  }

  @Test
  void saysWhichModelsCanKeepRows() throws IOException {
    assertThat(model.canKeepRows()).isTrue();
    Path without = directory.resolve("without");
    TamperedModel.copyTo(without).editMeta(meta -> meta.removeSignatureDef("train_resident"));
    try (ClassifierModel fed = open(without)) {
      assertThat(fed.canKeepRows()).isFalse();
    }
  }

  @Test
  void refusesWhatCannotBe() {
    try (ResidentRows rows = ofFeatures(FEATURES_OF_NINE)) {
      assertThatThrownBy(() -> rows.train(stepsOf(10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the device's memory for rows holds 9, expected at least the 10 of a step");
      assertThatThrownBy(() -> rows.fineTune(steps()))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> rows.fineTune(steps(), new BaseTraining(1, 1)))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> rows.train(one(ROWS)))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("row 21 of 21 is to be trained on");
    }
    assertThatThrownBy(() -> ResidentRows.ofFeatures(model, List.of(features), new int[3], ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 labels for 21 rows, expected as many");
  }

  private static ResidentRows ofFeatures(long bytes) {
    int[] first = new int[FIRST_PART];
    int[] second = new int[ROWS - FIRST_PART];
    for (int row = 0; row < ROWS; row++) {
      if (row < FIRST_PART) {
        first[row] = row;
      } else {
        second[row - FIRST_PART] = row;
      }
    }
    try (Features a = features.select(first);
        Features b = features.select(second)) {
      if (bytes == ALL) {
        return ResidentRows.ofFeatures(model, List.of(a, b), labels, bytes);
      }
    }
    return ResidentRows.ofFeatures(model, List.of(features), labels, bytes);
  }

  private static ResidentRows ofImages(ClassifierModel model, long bytes) {
    int[] first = {0, 1, 2, 3, 4};
    int[] rest = new int[ROWS - first.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = first.length + i;
    }
    return ResidentRows.ofImages(
        model, List.of(images.select(first), images.select(rest)), labels, bytes);
  }

  /** Two passes over all rows in some order, the last batch of each padded. */
  private static HeadSteps steps() {
    return stepsOf(BATCH);
  }

  private static HeadSteps stepsOf(int batch) {
    int steps = (ROWS - 1) / batch + 1;
    int[] rows = new int[2 * steps * batch];
    for (int i = 0; i < rows.length; i++) {
      int place = i % (steps * batch);
      rows[i] = place < ROWS ? place * 8 % ROWS : -1;
    }
    float[] rates = new float[2 * steps];
    java.util.Arrays.fill(rates, 0.02f);
    return new HeadSteps(rows, rates, new Regularization(0.2f, 0.1f, 0.01f, ones()), 9);
  }

  private static HeadSteps one(int row) {
    return new HeadSteps(new int[] {row}, new float[] {1}, Regularization.none(10), 1);
  }

  private static float[] ones() {
    return Regularization.none(10).classWeights();
  }

  private static float[] predictions() {
    return model.predict(images, 0, ROWS);
  }

  private static ClassifierModel open(Path path) throws IOException {
    return ClassifierModel.open(SavedModelFile.read(path), SessionSettings.on(Device.CPU));
  }

  private static void assertSame(StepResults actual, StepResults expected) {
    assertThat(actual.losses()).isEqualTo(expected.losses());
    assertThat(actual.correct()).isEqualTo(expected.correct());
  }
}
