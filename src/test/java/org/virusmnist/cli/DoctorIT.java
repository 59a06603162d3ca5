package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.console.ExitCode;

/** Doctor on this machine, whatever it is. */
class DoctorIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;

  @Test
  void findsThatTheCpuComputesRight() throws IOException {
    Path data = SampleCsv.write(directory.resolve("rows.csv"), 5, true, true);

    Cli cli = Cli.run("doctor", "--device", "cpu", "--json", "--model", TINY, "--data", data);

    JsonNode json = new ObjectMapper().readTree(cli.out());
    assertThat(cli.exitCode())
        .as(cli.out())
        .isEqualTo(isOnlyShortOfSpace(json) ? ExitCode.INPUT_OUTPUT : ExitCode.OK);
    assertThat(json.get("exit_code").asInt()).isEqualTo(cli.exitCode());
    assertThat(detail(json, "computation"))
        .isEqualTo("a matrix product and a convolution on CPU:0 are right (off by 0.0 at most)");
    assertThat(detail(json, "TensorFlow")).startsWith("version 2.18.0, lists CPU:0 (");
    assertThat(detail(json, TINY.toString())).endsWith(" classes");
    assertThat(detail(json, data.toString())).isEqualTo("5 rows");
  }

  @Test
  void endsWithTheCodeOfWhatIsWrong() {
    Path nothing = directory.resolve("nothing");

    Cli cli = Cli.run("doctor", "--device", "cpu", "--model", nothing, "--data", nothing);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.MODEL);
    assertThat(cli.out())
        .contains("  NOT OK  " + nothing + ": SavedModel " + nothing + ": no directory")
        .contains("Name another with --model.")
        .endsWith("Not everything works.\n");
  }

  /** Whether something is not ok, but nothing that a larger disk would not mend. */
  private static boolean isOnlyShortOfSpace(JsonNode json) {
    int wrong = 0;
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("status").asText().equals("not_ok")) {
        wrong++;
        if (!finding.get("next").asText().startsWith("Free some space")) {
          return false;
        }
      }
    }
    return wrong > 0;
  }

  private static String detail(JsonNode json, String subject) {
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("subject").asText().equals(subject)) {
        return finding.get("detail").asText();
      }
    }
    return "no finding of " + subject;
  }
}
