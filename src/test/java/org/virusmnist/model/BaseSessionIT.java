package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.types.TUint8;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.SessionSettings.Device;

/** Constants say what variables say, also after those have changed. */
@Tag("native")
class BaseSessionIT {
  private static final SessionSettings CPU = SessionSettings.on(Device.CPU);
  private static final int ROWS = 3;
  private static final float TOLERANCE = 1e-4f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/resources/savedmodel/tiny",
        "savedmodel/mobilenetv2-32",
        "savedmodel/mobilenetv2-96",
        "savedmodel/accurate"
      })
  void computesTheFeaturesOfTheGraphWithVariables(String directory) throws IOException {
    SavedModelFile file = SavedModelFile.read(Path.of(directory));
    try (ModelSession main = ModelSession.open(file, CPU.toConfigProto());
        BaseSession base = BaseSession.open(main, CPU);
        TUint8 tensor = Images.toTensor(images(), 0, ROWS);
        Result expected = main.call(ModelSignatures.FEATURES_OF_IMAGES, Map.of("images", tensor));
        Result found = base.features(Map.of("images", tensor))) {
      assertThat(FrozenGraph.canFreeze(main.load(ModelSignatures.FEATURES_OF_IMAGES))).isTrue();
      assertThat(floats(found)).containsExactly(floats(expected), within(TOLERANCE));
    }
  }

  @Test
  void followsWeightsThatAreAssigned() throws IOException {
    SavedModelFile file = SavedModelFile.read(Path.of("src/test/resources/savedmodel/tiny"));
    try (ClassifierModel model = ClassifierModel.open(file, CPU)) {
      WeightAccess access = new WeightAccess(model);
      Weights exported = access.read();
      float[] before = model.predict(images(), 0, ROWS);

      access.assign(exported.average(doubled(exported), 1));
      float[] changed = model.predict(images(), 0, ROWS);
      access.assign(exported);

      assertThat(changed).isNotEqualTo(before);
      assertThat(model.predict(images(), 0, ROWS)).isEqualTo(before);
    }
  }

  private static Weights doubled(Weights weights) {
    return new Weights(
        weights.values().entrySet().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    Map.Entry::getKey, entry -> times(2, entry.getValue()))));
  }

  private static float[] times(float factor, float[] values) {
    float[] products = values.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] *= factor;
    }
    return products;
  }

  private static float[] floats(Result result) {
    return Tensors.floats(Tensors.output(result, "features"));
  }

  private static ImageSet images() {
    byte[] bytes = new byte[ROWS * ImageSet.PIXELS];
    new Random(4).nextBytes(bytes);
    return ImageSet.of(bytes, new int[ROWS]);
  }
}
