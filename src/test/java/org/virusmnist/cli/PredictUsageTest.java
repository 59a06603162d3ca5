package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.report.ModelTraining;

/** What {@code predict} refuses; no native code is loaded. */
class PredictUsageTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path exe;

  @BeforeEach
  void writeExecutable() throws IOException {
    exe = Files.write(directory.resolve("a.exe"), PeBytes.minimal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--output o|expected executables, or a CSV with --data",
        "a.exe --data d.csv --output o|executables and --data are given, expected one",
        "--data d.csv|--data is given without --output",
        "--data src --output o|--data is a directory, expected a CSV. Name executables without"
            + " --data.",
        "--data d.csv --output o --follow-links|--follow-links has no meaning with --data",
        "a.exe --unsure-below 2|--unsure-below is 2.0, expected 0 to 1",
      })
  void refusesOptionsItCannotFollow(String options, String message) {
    Cli cli = Cli.run((Object[]) ("predict --model " + TINY + " " + options).split(" "));

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + message + " (try 'virus-mnist predict --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesAModelAsExported() {
    Cli cli = Cli.run("predict", "--model", TINY, exe);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: SavedModel %s is untrained, so it has no verdicts. Name a trained run.\n"
                .formatted(TINY));
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void refusesAModelOfUnknownRecipeRatherThanGuess() throws IOException {
    new ModelTraining(List.of("a", "b"), 1, 1.0, null).write(directory);
    Cli cli = Cli.run("predict", "--model", directory, exe);

    assertThat(cli.err())
        .isEqualTo(
            ("virus-mnist: SavedModel %s does not know how its images were made out of"
                    + " executables. Train on a CSV that 'images' wrote, or say how with 'train"
                    + " --image-recipe'.\n")
                .formatted(directory));
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void refusesAModelOfALaterRecipeOrWithoutTemperature() throws IOException {
    new ModelTraining(List.of("a", "b"), 1, 1.0, "spiral").write(directory);
    assertThat(Cli.run("predict", "--model", directory, exe).err())
        .contains(" was trained on images of the unknown recipe 'spiral'. Use the version of ");

    new ModelTraining(List.of("a", "b"), 1, null, "header").write(directory);
    assertThat(Cli.run("predict", "--model", directory, exe).err())
        .contains(" has no temperature that calibrates it. Train it again.\n");
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    new ModelTraining(List.of("a", "b"), 1, 1.0, "header").write(directory);
    Path missing = directory.resolve("missing");
    Cli cli = Cli.run("predict", "--model", directory, missing);

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + missing + ": no such file or directory. Check the path.\n");
    assertThat(cli.exitCode()).isEqualTo(6);
  }
}
