package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TUint8;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.model.SessionSettings.Device;

/**
 * Images that are shared out between devices come back in order with the bits of one device.
 *
 * <p>TensorFlow makes as many CPU devices of one machine as it is asked for, so that this needs no
 * second GPU: a device is a name in the graph to it.
 */
@Tag("native")
class FrozenSessionsIT {
  private static final SessionSettings CPU = SessionSettings.on(Device.CPU);
  private static final int ROWS = 22;
  private static final int BATCH = 4;

  private static final ConfigProto TWO_DEVICES =
      CPU.toFrozenConfigProto().toBuilder().putDeviceCount("CPU", 2).build();

  private static final List<String> BOTH = List.of("/device:CPU:0", "/device:CPU:1");

  @ParameterizedTest
  @ValueSource(strings = {"src/test/resources/savedmodel/tiny", "savedmodel/mobilenetv2-32"})
  void keepsOrderAndBits(String directory) throws IOException {
    SavedModelFile file = SavedModelFile.read(java.nio.file.Path.of(directory));
    try (ModelSession main = ModelSession.open(file, CPU.toConfigProto());
        FrozenSessions one = sessions(main, CPU.toFrozenConfigProto(), List.of());
        FrozenSessions two = sessions(main, TWO_DEVICES, BOTH)) {
      assertThat(devices(one)).containsExactly("CPU:0");
      assertThat(devices(two)).containsExactly("CPU:0", "CPU:1");

      List<float[]> features = allFeatures(two);
      assertThat(features).hasSize(6);
      assertThat(Arrays.deepEquals(features.toArray(), allFeatures(one).toArray())).isTrue();
    }
  }

  /** Calls in flight take the devices in the order they come, so one goes after the other here. */
  @Test
  void failsWithTheDeviceAndDeliversWhatCameBefore() throws IOException {
    SavedModelFile file = SavedModelFile.read(TamperedModel.TINY);
    List<String> broken = List.of("/device:CPU:0", "/device:CPU:0", "/device:CPU:7");
    List<float[]> delivered = new ArrayList<>();
    try (ModelSession main = ModelSession.open(file, CPU.toConfigProto());
        FrozenSessions one = sessions(main, CPU.toFrozenConfigProto(), List.of());
        FrozenSessions sessions = sessions(main, TWO_DEVICES, broken)) {
      assertThatThrownBy(() -> run(sessions, delivered, 1)).hasMessageContaining("CPU:7");
      assertThat(delivered).hasSize(2);
      Object[] before = allFeatures(one).subList(0, 2).toArray();
      assertThat(Arrays.deepEquals(delivered.toArray(), before)).isTrue();
    }
  }

  private static FrozenSessions sessions(
      ModelSession main, ConfigProto config, List<String> devices) {
    String features = ModelSignatures.FEATURES_OF_IMAGES;
    GraphDef frozen = FrozenGraph.of(main.load(features), main.values(features));
    return new FrozenSessions(frozen, main.definition(features), config, devices);
  }

  /** Returns the devices that computed a convolution. */
  private static List<String> devices(FrozenSessions sessions) {
    RunOptions trace =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE).build();
    return DeviceProbe.trace(sessions::trace, trace).getStepStats().getDevStatsList().stream()
        .filter(FrozenSessionsIT::computed)
        .map(stats -> stats.getDevice().replaceFirst(".*device:", ""))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean computed(DeviceStepStats stats) {
    return stats.getNodeStatsList().stream()
        .anyMatch(node -> node.getTimelineLabel().contains("Conv"));
  }

  private static List<float[]> allFeatures(FrozenSessions sessions) throws IOException {
    List<float[]> all = new ArrayList<>();
    run(sessions, all, 3);
    return all;
  }

  private static void run(FrozenSessions sessions, List<float[]> sink, int inFlight)
      throws IOException {
    byte[] pixels = new byte[ROWS * ImageSet.PIXELS];
    new Random(8).nextBytes(pixels);
    ImageSet images = ImageSet.of(pixels, new int[ROWS]);
    new OrderedPipeline(inFlight)
        .run(new RowRanges(ROWS, BATCH), range -> features(sessions, images, range), sink::add);
  }

  private static float[] features(FrozenSessions sessions, ImageSet images, RowRanges.Range range) {
    try (TUint8 tensor = Images.toTensor(images, range.from(), range.count());
        Result result = sessions.call(Map.of("images", tensor))) {
      return Tensors.floats(Tensors.output(result, "features"));
    }
  }
}
