package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.SessionSettings.Device;

/** The loss in other words is the same loss and leads to the same weights. */
@Tag("native")
class DeterministicGraphIT {
  private static final int ROWS = 24;

  private record Trained(StepResults head, StepResults base, float[] probabilities) {}

  @Test
  void trainsAndScoresAsTheFusedLossDoes() throws IOException {
    Trained fused = train(SessionSettings.on(Device.CPU));
    Trained other = train(SessionSettings.on(Device.CPU).withDeterminism(true));

    assertThat(other.head().losses()).containsExactly(fused.head().losses(), within(1e-5f));
    assertThat(other.base().losses()).containsExactly(fused.base().losses(), within(1e-4f));
    assertThat(other.probabilities()).containsExactly(fused.probabilities(), within(1e-4f));
    assertThat(fused.head().losses()).doesNotContain(0f);
  }

  @Test
  void repeatsToTheBit() throws IOException {
    Trained first = train(SessionSettings.on(Device.CPU).withDeterminism(true));
    Trained again = train(SessionSettings.on(Device.CPU).withDeterminism(true));

    assertThat(again.head().losses()).isEqualTo(first.head().losses());
    assertThat(again.base().losses()).isEqualTo(first.base().losses());
    assertThat(again.probabilities()).isEqualTo(first.probabilities());
  }

  private static Trained train(SessionSettings settings) throws IOException {
    byte[] pixels = new byte[ROWS * ImageSet.PIXELS];
    new Random(3).nextBytes(pixels);
    int[] labels = new Random(4).ints(ROWS, 0, 10).toArray();
    ImageSet images = ImageSet.of(pixels, labels);
    SavedModelFile file = SavedModelFile.read(TamperedModel.TINY);
    try (ClassifierModel model = ClassifierModel.open(file, settings);
        Features features = model.newFeatures(ROWS);
        Images loaded = model.load(images)) {
      model.features(images, 0, ROWS, features);
      model.initialize(5);
      StepResults head = model.trainHead(features, labels, steps());
      StepResults base = model.fineTune(loaded, labels, steps());
      return new Trained(head, base, model.predict(images, 0, ROWS));
    }
  }

  private static HeadSteps steps() {
    int[] rows = new Random(5).ints(6 * 4, 0, ROWS).toArray();
    float[] rates = {0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f};
    float[] weights = Regularization.none(10).classWeights();
    return new HeadSteps(rows, rates, new Regularization(0.2f, 0.1f, 0.01f, weights), 9);
  }
}
