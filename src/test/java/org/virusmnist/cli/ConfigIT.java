package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.report.ConfigJson;

/** {@code train --config} trains as if the file's options had been typed. */
@Tag("native")
class ConfigIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path csv;
  private Path config;
  private Path run;

  @BeforeEach
  void trainFromAFile() throws IOException {
    csv = SampleCsv.write(directory.resolve("train.csv"), 60);
    config =
        Files.writeString(
            directory.resolve("best.json"),
            ConfigJson.text(
                Map.of(
                    "model", TINY, "train", csv, "test", csv, "epochs", 9, "learning-rate", 0.02)));
    run = directory.resolve("run");
    Cli cli = Cli.run("train", "--config", config, "--epochs", "2", "--run", run);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  @Test
  void endsAsWithTypedOptions() throws IOException {
    Path typed = directory.resolve("typed");
    Cli cli =
        Cli.run(
            "train",
            "--model",
            TINY,
            "--train",
            csv,
            "--test",
            csv,
            "--run",
            typed, //
            "--epochs",
            "2",
            "--learning-rate",
            "0.02");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.resolve("predictions.csv"))
        .hasSameTextualContentAs(typed.resolve("predictions.csv"));
    assertThat(ConfigJson.read(run.resolve("config.json")))
        .containsEntry("config_file", config.toString())
        .hasEntrySatisfying("options", o -> assertThat(o.toString()).contains("epochs=2"));
  }

  @Test
  void resumesWithoutTheFileAndRefusesAnother() throws IOException {
    Files.writeString(config, ConfigJson.text(Map.of("learning-rate", 0.03)));
    Cli other = Cli.run("train", "--resume", run, "--config", config);
    assertThat(other.err()).contains("--learning-rate is 0.03, expected 0.02").hasLineCount(1);
    assertThat(other.exitCode()).isEqualTo(2);

    Files.delete(config);
    byte[] before = Files.readAllBytes(run.resolve("predictions.csv"));
    Files.delete(run.resolve("predictions.csv"));
    Cli cli = Cli.run("train", "--resume", run);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.resolve("predictions.csv")).hasBinaryContent(before);
  }
}
