package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Features;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Images;
import org.virusmnist.model.Regularization;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.SessionSettings.Device;
import org.virusmnist.model.TrainedVariables;
import org.virusmnist.training.Trainer;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/** Weights and state of any moment of training lead to the same bits, dropout included. */
@Tag("native")
class CheckpointIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final int ROWS = 41;
  private static final long SEED = 11;

  @TempDir private Path directory;
  private ClassifierModel model;
  private TrainedVariables variables;
  private ImageSet images;

  @BeforeEach
  void open() throws IOException {
    byte[] pixels = new byte[1024 * ROWS];
    int[] labels = new int[ROWS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + i / 1024 * 13);
    }
    Arrays.setAll(labels, row -> row % 10);
    images = ImageSet.of(pixels, labels);
    model = ClassifierModel.open(SavedModelFile.read(TINY), SessionSettings.on(Device.CPU));
    variables = new TrainedVariables(model, false);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void goOnToTheSameBitsFromEveryCall() throws IOException {
    List<TrainingState> states = new ArrayList<>();
    TrainingListener saver =
        new TrainingListener() {
          @Override
          public void onSafePoint(TrainingState state) throws IOException {
            variables.save(prefix(states.size()));
            states.add(state);
          }
        };
    model.initialize(SEED);
    History history = fit(TrainingState.start(), saver);
    float[] predictions = predictions();
    assertThat(states).hasSizeGreaterThan(12);

    for (int i = 0; i < states.size(); i++) {
      model.initialize(99);
      variables.restore(prefix(i), variables.signatures());
      assertThat(fit(states.get(i), new TrainingListener() {})).isEqualTo(history);
      assertThat(predictions()).as("from state %d", i).isEqualTo(predictions);
    }
  }

  @Test
  void refuseWeightsThatAreDamaged() throws IOException {
    variables.save(prefix(0));
    Path index = directory.resolve("0.index");
    Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 100));

    assertThatThrownBy(() -> variables.restore(prefix(0), variables.signatures()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(prefix(0) + ": TensorFlow cannot read the weights: ");
  }

  @Test
  void sayWhereTheyCannotBeWritten() {
    Path nowhere = directory.resolve("file/variables");

    assertThatThrownBy(
            () -> {
              Files.writeString(directory.resolve("file"), "x");
              variables.save(nowhere);
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(nowhere + ": TensorFlow cannot write the weights: ");
  }

  @Test
  void holdWhatTrainingCanChange() throws IOException {
    variables.save(prefix(0));
    assertThat(variables.signatures()).containsExactly("train");
    long head = Files.size(directory.resolve("0.data-00000-of-00001"));
    try (Features features = model.newFeatures(1)) {
      HeadSteps step = new HeadSteps(new int[] {0}, new float[] {1}, Regularization.none(10), SEED);
      model.trainHead(features, new int[] {0}, step);
    }
    variables.save(prefix(1));

    assertThat(variables.signatures()).containsExactly("train", "train_head");
    assertThat(Files.size(TINY.resolve("variables/variables.data-00000-of-00001")))
        .isGreaterThan(head);
  }

  private Path prefix(int number) {
    return directory.resolve(Integer.toString(number));
  }

  private float[] predictions() {
    return model.predict(images, 0, ROWS);
  }

  /** Three epochs of 21 steps in calls of a few; a clock that says every call took long. */
  private History fit(TrainingState from, TrainingListener listener) throws IOException {
    Regularization regularization =
        new Regularization(0.3f, 0.1f, 0.01f, Regularization.none(10).classWeights());
    AtomicLong nanos = new AtomicLong();
    TrainingOptions defaults = TrainingOptions.defaults();
    try (Images loaded = model.load(images)) {
      Trainer trainer =
          new Trainer(
              new TrainingOptions(3, 2, 0.01f, SEED, true, defaults.schedule()),
              chunk ->
                  model.train(
                      loaded,
                      images.labels(),
                      new HeadSteps(chunk.rows(), chunk.learningRates(), regularization, SEED)),
              () -> new Score(predictions()[0], 0.5),
              listener,
              () -> nanos.addAndGet(2_000_000_000L));
      return trainer.fit(ROWS, from);
    }
  }
}
