package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;

/** Weights leave a session and come back to the bit, without a signature of their own. */
@Tag("native")
class WeightsIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final ImageSet IMAGES = images();

  @Test
  void bringBackWhatTheModelPredicted() throws IOException {
    try (ClassifierModel model = open()) {
      WeightAccess access = new WeightAccess(model);
      model.initialize(5);
      Weights first = access.read();
      float[] predicted = predict(model);
      model.initialize(6);
      assertThat(predict(model)).isNotEqualTo(predicted);
      assertThat(access.read()).isNotEqualTo(first);

      access.assign(first);
      assertThat(predict(model)).isEqualTo(predicted);
      assertThat(access.read()).isEqualTo(first).hasSameHashCodeAs(first);
    }
  }

  @Test
  void areThoseOfBaseAndHeadButNotOfTheOptimizer() throws IOException {
    try (ClassifierModel model = open()) {
      Weights weights = new WeightAccess(model).read();
      assertThat(weights.values().keySet())
          .anyMatch(name -> name.contains("kernel"))
          .noneMatch(name -> name.contains("momentum") || name.contains("velocity"));
    }
  }

  @Test
  void ofTheHeadAreThoseThatChangeWhileTheBaseIsFrozen() throws IOException {
    try (ClassifierModel model = open()) {
      WeightAccess access = WeightAccess.ofHead(model);
      model.initialize(5);
      Weights first = access.read();
      float[] predicted = predict(model);
      assertThat(first.values().keySet()).containsExactly("head/bias", "head/kernel");

      model.initialize(6);
      assertThat(predict(model)).isNotEqualTo(predicted);
      access.assign(first);
      assertThat(predict(model)).isEqualTo(predicted);
    }
  }

  @Test
  void areReadAsTheyWereWritten() throws IOException {
    Weights weights = weights(1, Float.MIN_VALUE, Float.NaN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    weights.write(out);
    byte[] bytes = out.toByteArray();

    assertThat(Weights.read(new ByteArrayInputStream(bytes))).isEqualTo(weights);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(() -> Weights.read(new ByteArrayInputStream(cut)))
        .isInstanceOfAny(EOFException.class, BufferUnderflowException.class);
  }

  @Test
  void averageToTheirMean() {
    Weights mean = weights(1, 2).average(weights(2, 4), 1).average(weights(6, 6), 2);
    assertThat(mean).isEqualTo(weights(3, 4));
    Weights longer = weights(1, 2, 3);
    assertThatThrownBy(() -> mean.average(longer, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weights are of another model, expected the same");
  }

  private static Weights weights(float... values) {
    return new Weights(Map.of("head/kernel", values));
  }

  private static ClassifierModel open() throws IOException {
    return ClassifierModel.open(
        SavedModelFile.read(TINY), SessionSettings.on(SessionSettings.Device.AUTO));
  }

  private static float[] predict(ClassifierModel model) {
    return model.predict(IMAGES, 0, IMAGES.size());
  }

  private static ImageSet images() {
    byte[] bytes = new byte[4 * 1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (31 * i * i);
    }
    return ImageSet.of(bytes, new int[4]);
  }
}
