package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.pe.PeBytes;

/** No output replaces what a verb reads; no native code is loaded. */
class OutputUsageTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path exe;
  private Path csv;

  @BeforeEach
  void writeInputs() throws IOException {
    exe = Files.write(directory.resolve("a.exe"), PeBytes.minimal());
    csv = SampleCsv.write(directory.resolve("t.csv"), 20);
  }

  private void assertRefused(Path kept, Cli cli, String message) throws IOException {
    byte[] before = Files.readAllBytes(kept);
    assertThat(cli.err()).startsWith("virus-mnist: " + message).hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(kept).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict --model tiny a.exe", "images a.exe", "images x.exe a.exe"})
  void replacesNoExecutable(String words) throws IOException {
    Object[] command =
        Stream.of((words + " --output a.exe").split(" "))
            .map(word -> word.endsWith(".exe") ? directory.resolve(word) : word)
            .map(word -> word.equals("tiny") ? TINY : word)
            .toArray();
    assertRefused(
        exe,
        Cli.run(command),
        "--output is %s, expected a name that ends in .csv or .csv.gz (try".formatted(exe));
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "evaluate"})
  void replacesNoData(String verb) throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link.csv"), csv);
    for (Path output : new Path[] {csv, link, directory.resolve("../").resolve(csv)}) {
      assertRefused(
          csv,
          Cli.run(verb, "--model", TINY, "--data", csv, "--output", output),
          "--output is %s, which is read, expected another file (try".formatted(output));
    }
  }

  @Test
  void replacesNoExecutableOfAFolderWhateverItsName() throws IOException {
    Path named = Files.copy(exe, directory.resolve("b.csv"));

    assertRefused(
        named,
        Cli.run("images", directory, "--output", named),
        "--output is %s, a file of %s that is read, expected another file"
            .formatted(named, directory));
    assertRefused(
        named, Cli.run("predict", "--model", TINY, directory, "--output", named), "--output is ");
  }

  @Test
  void replacesWhatItHasWrittenIntoAFolderBefore() {
    Path output = directory.resolve("images.csv");

    assertThat(Cli.run("images", directory, "--output", output).exitCode()).isZero();
    assertThat(Cli.run("images", directory, "--output", output).exitCode()).isZero();
  }

  @Test
  void replacesNoListOfNamesAndNoInspectedFile() throws IOException {
    assertRefused(
        csv,
        Cli.run("images", exe, "--class-names", csv, "--output", csv),
        "--output is " + csv + ", which is read");
    assertRefused(
        csv,
        Cli.run("inspect", csv, "--duplicates", csv),
        "--duplicates is " + csv + ", which is read");
  }

  @Test
  void replacesNoFileOfARunItCompares() throws IOException {
    Path config = Files.writeString(directory.resolve("config.json"), "{}");

    assertRefused(
        config,
        Cli.run("report", directory, directory, "--output", config),
        "--output is %s, a file of %s that is read".formatted(config, directory));
  }
}
