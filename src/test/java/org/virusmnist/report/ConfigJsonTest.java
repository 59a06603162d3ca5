package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigJsonTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  record Settings(Path trainFile, int batchSize, double learningRate, List<String> classNames) {}

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("config.json");
  }

  @Test
  void keepsTheOrderOfAMap() throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("seed", 42L);
    config.put("learning_rate", 0.001);
    config.put("data", Map.of("train", Path.of("data/train.csv.gz")));
    config.put("class_names", List.of("a", "b"));

    ConfigJson.write(file, config);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "seed" : 42,
              "learning_rate" : 0.001,
              "data" : {
                "train" : "data/train.csv.gz"
              },
              "class_names" : [ "a", "b" ]
            }
            """);
    assertThat(ConfigJson.read(file).keySet())
        .containsExactly("seed", "learning_rate", "data", "class_names");
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    Settings settings = new Settings(Path.of("a b/ü.csv"), 32, 1e-3, List.of("x"));
    ConfigJson.write(file, settings);

    assertThat(ConfigJson.read(file)).containsEntry("train_file", "a b/ü.csv");
    assertThat(ConfigJson.read(file).keySet())
        .containsExactly("train_file", "batch_size", "learning_rate", "class_names");
  }

  @Test
  void readsARecord() throws IOException {
    record Small(int batchSize, double learningRate) {}
    ConfigJson.write(file, new Small(32, 0.001));

    assertThat(ConfigJson.read(file, Small.class)).isEqualTo(new Small(32, 0.001));
  }

  @Test
  void unknownAndMissingKeysOfARecordAreNamed() {
    record Small(int batchSize) {}
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, "{\"batch_size\": 3, \"other\": 1}");
              ConfigJson.read(file, Small.class);
            })
        .withMessage(file + ": Unrecognized field \"other\"");
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, "{}");
              ConfigJson.read(file, Small.class);
            })
        .withMessage(file + ": Missing creator property 'batch_size'");
  }

  @Test
  void saysWhereJsonEnds() {
    assertRejected(
        "{\"seed\" : 42,\n \"data\"",
        ":2:8: Unexpected end-of-input within/between Object entries");
    assertRejected(
        "{\"seed\" 42}",
        ":1:9: Unexpected character ('4' (code 52)): was expecting a colon to separate field name"
            + " and value");
  }

  @Test
  void rejectsWhatIsNoObject() {
    assertRejected("null", ": is no JSON object");
    assertRejected("[]", ": is no JSON object");
    assertRejected("", ": is no JSON object");
    assertRejected("{} {}", ":1:4: Trailing token");
  }

  private void assertRejected(String content, String message) {
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, content);
              ConfigJson.read(file);
            })
        .withMessage(file + message);
  }
}
