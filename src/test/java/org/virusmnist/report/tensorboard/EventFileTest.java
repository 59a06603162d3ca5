package org.virusmnist.report.tensorboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** What is added to an event file is what its records say; a resumed file has no record twice. */
class EventFileTest {
  @TempDir private Path directory;

  @Test
  void beginsWithTheVersionAndKeepsTheOrder() throws IOException {
    try (EventFile file = EventFile.create(directory, () -> 1500)) {
      file.addScalars(0, Map.of("loss", 0.5));
      file.addScalars(7, new TreeMap<>(Map.of("accuracy", 1.0, "loss", 0.25)));
    }
    List<Event> events = Records.read(directory);

    assertThat(events).hasSize(3).allSatisfy(e -> assertThat(e.getWallTime()).isEqualTo(1.5));
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.5f);
    assertThat(events.get(2).getStep()).isEqualTo(7);
    assertThat(events.get(2).getSummary().getValueList().stream().map(Summary.Value::getTag))
        .containsExactly("accuracy", "loss");
  }

  /** The check value of CRC-32C, E3069283, rotated by 15 bits plus the constant of TensorFlow. */
  @Test
  void masksChecksumsAsTensorFlowDoes() {
    int rotated = 0xE3069283 >>> 15 | 0xE3069283 << 17;

    assertThat(TfRecord.maskedCrc("123456789".getBytes(US_ASCII))).isEqualTo(rotated + 0xa282ead8);
  }

  @Test
  void saysHowLargeAPictureIs() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", png);
    try (EventFile file = EventFile.create(directory, () -> 0)) {
      file.addImage(3, "matrix", png.toByteArray());
    }
    Summary.Value value = Records.read(directory).get(1).getSummary().getValue(0);

    assertThat(value.getTag()).isEqualTo("matrix");
    assertThat(value.getImage().getWidth()).isEqualTo(300);
    assertThat(value.getImage().getHeight()).isEqualTo(200);
    assertThat(value.getImage().getEncodedImageString())
        .isEqualTo(ByteString.copyFrom(png.toByteArray()));
  }

  @Test
  void goesOnBehindTheBytesThatCount() throws IOException {
    long bytes;
    try (EventFile file = EventFile.create(directory, () -> 0)) {
      file.addScalars(0, Map.of("loss", 1.0));
      bytes = file.sync();
      file.addScalars(1, Map.of("loss", 2.0));
    }
    try (EventFile file = EventFile.resume(directory, bytes, () -> 0)) {
      file.addScalars(1, Map.of("loss", 3.0));
    }

    assertThat(losses()).containsExactly(1f, 3f);
  }

  @Test
  void startsAnewWhereTheFileHasLostItsEnd() throws IOException {
    try (EventFile file = EventFile.create(directory, () -> 0)) {
      file.addScalars(0, Map.of("loss", 1.0));
    }
    try (EventFile file = EventFile.resume(directory, 1_000_000, () -> 0)) {
      file.addScalars(1, Map.of("loss", 3.0));
    }

    assertThat(losses()).containsExactly(3f);
  }

  @Test
  void writesHyperParametersByTheNumbersOfThePlugin() throws IOException {
    try (EventFile file = EventFile.create(directory, () -> 2000)) {
      file.addHyperParameters(Map.of("seed", 42), 1);
    }
    List<Event> events = Records.read(directory);

    assertThat(content(events.get(1), "_hparams_/session_start_info"))
        .isEqualTo(
            // field 3: a map entry {1: "seed", 2: {2: 42.0}}, then 5: 1.0
            "1a1c"
                + "0a11"
                + "0a0473656564"
                + "1209"
                + "110000000000004540"
                + "29000000000000f03f");
    assertThat(content(events.get(2), "_hparams_/session_end_info"))
        .isEqualTo("220b" + "0801" + "110000000000000040");
  }

  private static String content(Event event, String tag) {
    Summary.Value value = event.getSummary().getValue(0);
    assertThat(value.getTag()).isEqualTo(tag);
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    return HexFormat.of().formatHex(value.getMetadata().getPluginData().getContent().toByteArray());
  }

  private List<Float> losses() throws IOException {
    assertThat(directory.toFile().list()).hasSize(1);
    return Records.read(directory).stream()
        .filter(Event::hasSummary)
        .map(event -> event.getSummary().getValue(0).getSimpleValue())
        .toList();
  }
}
