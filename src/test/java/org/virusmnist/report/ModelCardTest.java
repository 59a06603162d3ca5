package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model card says what the run's files say, and nothing in them becomes markup. */
class ModelCardTest {
  @TempDir private Path directory;

  @Test
  void saysWhatTheModelWasTrainedOnAndHowGoodItIs() throws IOException {
    Map<String, Object> file = Map.of("rows", 4, "file", "test.csv", "sha256", "abc");
    Map<String, Object> config = Map.of("data", Map.of("test", file), "device", "CPU:0");

    assertThat(card(config, EvaluationExample.result()))
        .contains("| test | 4 | test.csv | abc |")
        .contains("| train | unknown | unknown | unknown |")
        .contains("on CPU:0, starting from")
        .contains("4 of them: accuracy **50.0 %** (95 % Wilson interval 15.0 to 85.0 %")
        .contains("| 1 go_windows | 1.000 | 0.333 | 6.1 to 79.2 % | 0.500 | 3 |")
        .contains("| 2 efi_image | 0.000 | 0.000 |  | 0.000 | 0 |")
        .contains("## Intended use", "## Limits", "## Licences");
  }

  @Test
  void escapesWhatComesFromFiles() throws IOException {
    EvaluationResult named =
        new EvaluationResult(
            List.of("a|b", "<img src=x>", "c\n# d"), EvaluationExample.result().evaluation(), null);

    assertThat(card(Map.of("device", "[x](y) `z`"), named))
        .contains("| 0 a&#124;b |", "| 1 &#60;img src=x&#62; |", "| 2 c &#35; d |")
        .contains("on &#91;x&#93;(y) &#96;z&#96;,");
  }

  private String card(Map<String, Object> config, EvaluationResult result) throws IOException {
    ModelCard.write(directory, new JsonTree(config), result);
    return Files.readString(directory.resolve("README.md"));
  }
}
