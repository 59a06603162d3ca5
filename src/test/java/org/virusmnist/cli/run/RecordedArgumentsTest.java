package org.virusmnist.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.model.ModelContractException;
import picocli.CommandLine;

/** A run says what it was started with; what it says is not to be trusted further than that. */
class RecordedArgumentsTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;

  @Test
  void takesNoTrustFromAFile() throws IOException {
    Files.writeString(modelWithSecondGraph().resolve("saved_model.pbtxt"), "x");
    TrainCommand command = resume(Map.of("--trust-model", List.of()));

    assertThatThrownBy(() -> command.modelOptions().read(directory))
        .isInstanceOf(ModelContractException.class)
        .hasMessageContaining("is refused: it has a second graph");
    assertThat(
            resume(Map.of(), "--trust-model").modelOptions().read(directory).shape().classCount())
        .isEqualTo(10);
  }

  @Test
  void readsNoFileThatIsNamedInPlaceOfAnOption() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "--epochs 3");

    assertThatThrownBy(() -> resume(Map.of("@" + secret, List.of())))
        .hasMessageStartingWith("Unmatched argument at index 0: '@");
  }

  @Test
  void findsFilesWhereTheRunWasStarted() throws IOException {
    TrainCommand command = resume(Map.of("--test", List.of("test.csv")));

    assertThat(command.data().files().test().files())
        .containsExactly(directory.resolve("test.csv"));
  }

  @Test
  void keepsTheSizeOfCallsThatWasFoundByTrial() throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    CommandLine command =
        new CommandLine(new TrainCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    RecordedArguments.typed(command.parseArgs("--epochs", "3"))
        .with("--inference-batch", "512")
        .addTo(config);

    CommandLine now = new CommandLine(new TrainCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    now.parseArgs();
    TrainCommand resumed =
        RecordedArguments.recorded(directory, config).parse(directory, now, new TrainCommand());

    assertThat(resumed.modelOptions().batchSize()).isEqualTo(512);
    assertThat(resumed.trainingOptions().epochs()).isEqualTo(3);
  }

  private Path modelWithSecondGraph() throws IOException {
    Files.createDirectory(directory.resolve("variables"));
    for (String name :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001")) {
      Files.copy(TINY.resolve(name), directory.resolve(name));
    }
    return directory;
  }

  private TrainCommand resume(Map<String, List<String>> recorded, String... typed)
      throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(RecordedArguments.ARGUMENTS, recorded);
    config.put(RecordedArguments.WORKING_DIRECTORY, directory.toString());
    CommandLine now = new CommandLine(new TrainCommand());
    now.setErr(new PrintWriter(new StringWriter())).setCaseInsensitiveEnumValuesAllowed(true);
    now.parseArgs(typed);
    return RecordedArguments.recorded(directory.resolve("config.json"), config)
        .parse(directory, now, new TrainCommand());
  }
}
