package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.model.HostileModels;

/**
 * A hostile model ends every command that is given it with exit code 4, and nothing in it has run.
 * {@code HostileModelsIT} shows that TensorFlow's own loader runs it.
 */
final class HostileModelsTest {
  @TempDir private Path directory;

  static Stream<String> models() {
    return HostileModels.all(Path.of("unused")).keySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void areRefusedAndNotExecuted(String name) throws IOException {
    Path canary = directory.resolve("canary");
    Path model =
        HostileModels.copy(
            directory.resolve("model"),
            Objects.requireNonNull(HostileModels.all(canary).get(name)));

    Cli cli =
        Cli.run(
            "predict",
            "--model",
            model,
            "--data",
            "none.csv",
            "--output",
            directory.resolve("p.csv"));

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(ExitCode.MODEL);
    assertThat(cli.err()).startsWith("virus-mnist: SavedModel " + model).hasLineCount(1);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(model);
    }
  }
}
