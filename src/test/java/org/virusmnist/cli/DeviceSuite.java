package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.api.Classifier;
import org.virusmnist.api.Prediction;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.Score;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Features;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Precision;
import org.virusmnist.model.Regularization;
import org.virusmnist.model.ResidentRows;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.SessionSettings.Device;
import org.virusmnist.model.TracedSteps;
import org.virusmnist.report.ModelTraining;

/**
 * What must hold on a device, whichever it is.
 *
 * <p>The same tests run on a GPU and on the CPU, so that what they say of a GPU is known to be
 * right on machines without one.
 */
abstract class DeviceSuite {
  static final Path MODEL = Path.of("savedmodel/mobilenetv2-32");
  private static final int TRAINED = 2000;
  private static final int BATCH = 32;
  private static final int CALL = 256;
  private static final int CLASSES = 10;
  private static final int SOAK_STEPS = 10_000;
  private static final int SOAK_STEPS_PER_CALL = 100;

  /** How much a process may grow: caches of the allocator, and Java's own. */
  private static final long GROWTH_MIB = 48;

  /** Returns the settings of the device that is tested. */
  abstract SessionSettings settings() throws IOException;

  /** Returns how the public API is asked for the same device. */
  abstract String request();

  /** Returns the memory in use on the device, or of the process on a CPU. */
  abstract long usedMib() throws IOException;

  /** Returns what is wrong with a trace in which copies are to be counted, or an empty text. */
  abstract String problemOfTrace(TracedSteps one);

  private static ClassifierModel open(SessionSettings settings) throws IOException {
    return ClassifierModel.open(SavedModelFile.read(MODEL), settings);
  }

  /** Returns rows of the sample data, the same ones always: those to train on come first. */
  private static ImageSet images() throws IOException {
    ImageSet all = ImageCsv.read(Path.of("data/train.csv.gz"), CLASSES);
    int[] rows = new Random(7).ints(0, all.size()).distinct().limit(2 * TRAINED).toArray();
    return all.select(rows);
  }

  private static Features features(ClassifierModel model, ImageSet images) {
    Features features = model.newFeatures(images.size());
    for (int row = 0; row < images.size(); row += CALL) {
      model.features(images, row, Math.min(CALL, images.size() - row), features);
    }
    return features;
  }

  private static HeadSteps steps(int count, int rows, long seed) {
    int[] chosen = new Random(seed).ints((long) count * BATCH, 0, rows).toArray();
    float[] rates = new float[count];
    Arrays.fill(rates, 0.001f);
    return new HeadSteps(chosen, rates, Regularization.none(CLASSES), seed);
  }

  @Test
  void computesTheFeaturesOfTheCpu() throws IOException {
    ImageSet images = images().select(new Random(1).ints(CALL, 0, TRAINED).toArray());
    try (ClassifierModel reference = open(SessionSettings.on(Device.CPU).withThreads(1));
        ClassifierModel tested = open(settings());
        Features expected = features(reference, images);
        Features found = features(tested, images)) {
      float[] values = values(found);
      assertThat(values).containsExactly(values(expected), within(1e-3f));
      assertThat(values).contains(new float[] {6}, within(1e-3f)); // where ReLU6 ends
    }
  }

  /** Other programs get the device without this test's settings. */
  @Test
  void servesTheApi(@TempDir Path run) throws IOException {
    Path trained = Files.createDirectory(run.resolve("model"));
    new ProcessBuilder("cp", "-r", MODEL + "/.", trained.toString()).start().onExit().join();
    List<String> names = IntStream.range(0, CLASSES).mapToObj(i -> "kind" + i).toList();
    new ModelTraining(names, 1, 1.0, "header").write(trained);
    byte[] pixels = new byte[ImageSet.PIXELS];
    new Random(9).nextBytes(pixels);
    try (ClassifierModel model = open(settings());
        Classifier classifier = Classifier.load(run, request())) {
      assertThat(classifier.device()).isEqualTo(model.deviceName());
      assertThat(classifier.whyCpu()).isEmpty();
      float[] expected = model.predict(ImageSet.of(pixels, null), 0, 1);
      Prediction found = classifier.classify(pixels);
      for (int c = 0; c < CLASSES; c++) {
        assertThat(found.probability(c)).isCloseTo(expected[c], within(1e-5f));
      }
    }
  }

  private static float[] values(Features features) {
    float[] values = new float[features.size() * features.featureCount()];
    features.read(0, values);
    return values;
  }

  @Test
  void learnsAsWellInReducedPrecision() throws IOException {
    ImageSet images = images();
    double exact;
    String device;
    try (ClassifierModel model = open(settings())) {
      exact = accuracy(model, images);
      device = model.deviceName();
    }
    List<Precision> possible = Precision.possibleOn(device);
    assumeTrue(possible.size() > 1, device + " computes in float32 only");
    try (ClassifierModel model = open(settings().in(possible.get(1)))) {
      assertThat(accuracy(model, images)).isCloseTo(exact, within(0.005));
    }
    assertThat(exact).isGreaterThan(0.5);
  }

  private static double accuracy(ClassifierModel model, ImageSet images) {
    int[] labels = images.labels();
    int[] tested = new int[TRAINED];
    Arrays.setAll(tested, i -> TRAINED + i);
    model.initialize(42);
    try (Features features = features(model, images);
        ResidentRows rows =
            ResidentRows.ofFeatures(model, List.of(features), labels, Long.MAX_VALUE)) {
      rows.train(steps(10 * TRAINED / BATCH, TRAINED, 3));
      int[] testLabels = Arrays.copyOfRange(labels, TRAINED, 2 * TRAINED);
      return Score.of(rows.evaluate(tested), testLabels).accuracy();
    }
  }

  @Test
  void copiesNothingToTheDeviceInAStep() throws IOException {
    try (ClassifierModel model = open(settings());
        Features features = model.newFeatures(CALL);
        ResidentRows rows =
            ResidentRows.ofFeatures(model, List.of(features), new int[CALL], Long.MAX_VALUE)) {
      model.initialize(1);
      rows.train(steps(2, CALL, 1));
      TracedSteps one = TracedSteps.onFeatures(model, steps(1, CALL, 1));
      TracedSteps many = TracedSteps.onFeatures(model, steps(64, CALL, 1));

      assertThat(one.products()).isPositive();
      assertThat(many.products()).isGreaterThanOrEqualTo(64 * one.products());
      assumeTrue(problemOfTrace(one).isEmpty(), () -> problemOfTrace(one));
      assertThat(many.copiesToDevice()).isEqualTo(one.copiesToDevice());
    }
  }

  @Test
  void needsNoMoreMemoryAfterTenThousandSteps() throws IOException {
    try (ClassifierModel model = open(settings());
        Features features = model.newFeatures(CALL);
        ResidentRows rows =
            ResidentRows.ofFeatures(model, List.of(features), new int[CALL], Long.MAX_VALUE)) {
      model.initialize(1);
      train(rows, 2 * SOAK_STEPS / 5);
      long before = usedMib();
      train(rows, SOAK_STEPS);

      assertThat(usedMib() - before).isLessThan(GROWTH_MIB);
      assertThat(before).isPositive();
    }
  }

  private static void train(ResidentRows rows, int steps) {
    for (int i = 0; i < steps; i += SOAK_STEPS_PER_CALL) {
      rows.train(steps(SOAK_STEPS_PER_CALL, CALL, i));
    }
  }

  @Test
  void repeatsToTheBitWhenAskedTo() throws IOException {
    requireDeterminism();
    ImageSet images = images().select(new Random(2).ints(CALL, 0, TRAINED).toArray());
    float[] first = trained(images);

    assertThat(trained(images)).isEqualTo(first);
  }

  /** Skips where the environment does not have what the device needs for it. */
  abstract void requireDeterminism();

  private float[] trained(ImageSet images) throws IOException {
    try (ClassifierModel model = open(settings().withDeterminism(true));
        Features features = features(model, images)) {
      model.initialize(5);
      model.trainHead(features, images.labels(), steps(100, CALL, 9));
      return model.predict(images, 0, CALL);
    }
  }
}
