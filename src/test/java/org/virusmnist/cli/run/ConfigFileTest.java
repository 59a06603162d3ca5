package org.virusmnist.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.virusmnist.cli.Cli;
import org.virusmnist.cli.session.Preset;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine;

/** Options out of a file are options as if typed, and those that are typed win. */
class ConfigFileTest {
  @TempDir private Path directory;

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("best.json"), json);
  }

  private TrainCommand parse(String json, String... typed) throws IOException {
    CommandLine now = new CommandLine(new TrainCommand());
    now.setErr(new PrintWriter(new StringWriter())).setCaseInsensitiveEnumValuesAllowed(true);
    String[] arguments = new String[typed.length + 1];
    arguments[0] = "--config=" + file(json);
    System.arraycopy(typed, 0, arguments, 1, typed.length);
    now.parseArgs(arguments);
    return ConfigFile.read(directory.resolve("best.json"), now)
        .parse(new TrainCommand(), TrainCommand::checkOptions);
  }

  @Test
  void takesOptionsByTheirNames() throws IOException {
    TrainCommand command =
        parse(
            "{\"preset\": \"fast\", \"learning-rate\": 1.5E-4, \"batch_size\": 7, \"--seed\": 3}");
    TrainingOptions options = command.trainingOptions();

    assertThat(command.recipe().preset()).isEqualTo(Preset.FAST);
    assertThat(options.learningRate()).isEqualTo(1.5e-4f);
    assertThat(options.batchSize()).isEqualTo(7);
    assertThat(options.seed()).isEqualTo(3);
    assertThat(options.epochs()).isEqualTo(20);
  }

  @Test
  void prefersWhatIsTyped() throws IOException {
    TrainCommand command = parse("{\"epochs\": 3, \"batch-size\": 7}", "--epochs", "4");

    assertThat(command.trainingOptions().epochs()).isEqualTo(4);
    assertThat(command.trainingOptions().batchSize()).isEqualTo(7);
  }

  @Test
  void setsFlagsThatAreTrueOnly() throws IOException {
    TrainCommand command = parse("{\"no-shuffle\": true, \"no-feature-cache\": false}");

    assertThat(command.trainingOptions().shuffle()).isFalse();
    assertThat(command.usesFeatureCache()).isTrue();
  }

  @Test
  void takesWhatARunWasStartedWithAndFindsItsFilesThere() throws IOException {
    TrainCommand command =
        parse(
            "{\"command\": \"train\", \"options\": {\"epochs\": 99}, \"arguments\":"
                + " {\"--epochs\": [\"6\"], \"--no-shuffle\": [], \"--test\": [\"t.csv\"]},"
                + " \"working_directory\": \"/elsewhere\"}");

    assertThat(command.trainingOptions().epochs()).isEqualTo(6);
    assertThat(command.trainingOptions().shuffle()).isFalse();
    assertThat(command.data().files().test().files()).containsExactly(Path.of("/elsewhere/t.csv"));
  }

  @Test
  void recordsEverythingAsIfItHadBeenTyped() throws IOException {
    TrainCommand command = parse("{\"epochs\": 3}", "--seed", "4", "--run", "here");

    assertThat(command.arguments().names()).containsExactlyInAnyOrder("--epochs", "--seed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"learnin-rate\": 1}|'learnin-rate' is no option of train",
        "{\"trust-model\": true}|'trust-model' belongs on the command line",
        "{\"run\": \"x\"}|'run' belongs on the command line",
        "{\"config\": \"x\"}|'config' belongs on the command line",
        "{\"arguments\": {\"--trust_model\": []}, \"working_directory\": \"/\"}|'--trust_model'"
            + " belongs on the command line",
        "{\"epochs\": \"x\"}|Invalid value for option '--epochs': 'x' is not an int",
        "{\"epochs\": null}|'epochs' is null, expected one value",
        "{\"epochs\": [1, 2]}|'epochs' is [1, 2], expected one value",
        "{\"no-shuffle\": \"yes\"}|'no-shuffle' is yes, expected true or false",
        "{\"epochs\": 0}|epochs is 0, expected 1 or more",
        "{\"preset\": \"best\"}|Invalid value for option '--preset': expected one of [NOTEBOOK,"
            + " FAST, ACCURATE] (case-insensitive) but was 'best'",
      })
  void refusesWhatIsNoOptionWithFileAndKey(String json, String message) throws IOException {
    Cli cli = Cli.run("train", "--config", file(json));

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: %s (try 'virus-mnist train --help')\n"
                .formatted(directory.resolve("best.json"), message));
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void saysWhichFileAValueThatIsTypedDoesNotAgreeWith() throws IOException {
    Path config = file("{\"average-epochs\": 3}");
    Cli cli = Cli.run("train", "--config", config, "--epochs", "2");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: average epochs is 3, expected 0 to 2, the epochs there are, with the options of %s (try 'virus-mnist train --help')\n"
                .formatted(config));
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void saysWhereAFileIsNoJson() throws IOException {
    Path config = file("{\"epochs\" 3}");
    Cli cli = Cli.run("train", "--config", config);

    assertThat(cli.err()).startsWith("virus-mnist: " + config + ":1:").hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(6);
  }
}
