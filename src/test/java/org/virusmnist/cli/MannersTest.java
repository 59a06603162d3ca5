package org.virusmnist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.pe.PeBytes;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How every verb behaves towards people, terminals and scripts. */
class MannersTest {
  private static final String TERMINAL = "virusmnist.stdout.terminal";
  private static final CommandLine COMMAND = new CommandLine(new VirusMnistCommand());

  @TempDir private Path directory;

  static Stream<String> verbs() {
    return COMMAND.getSubcommands().entrySet().stream()
        .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey);
  }

  private static CommandLine command(String verb) {
    return Objects.requireNonNull(COMMAND.getSubcommands().get(verb));
  }

  @AfterEach
  void forgetTheTerminal() {
    System.clearProperty(TERMINAL);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbExplainsItselfWithExamplesThatFitTheScreen(String verb) {
    Cli cli = Cli.run(verb, "--help");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .startsWith("Usage: virus-mnist " + verb)
        .containsPattern("\nExamples?:\n  ([a-z]+ <\\()?scripts/virus-mnist " + verb)
        .doesNotContain("\u001B");
    assertThat(cli.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyExampleOfAVerbIsOnOneLineAndUsesItsOptions(String verb) {
    CommandLine command = command(verb);
    List<String> examples =
        Stream.of(command.getCommandSpec().usageMessage().footer())
            .filter(line -> line.startsWith("  "))
            .toList();

    assertThat(examples).isNotEmpty().allSatisfy(line -> assertThat(line.length()).isLessThan(100));
    for (String example : examples) {
      for (String word : example.strip().split("[ =)]", -1)) {
        assertThat(!word.startsWith("--") || command.getCommandSpec().findOption(word) != null)
            .as("%s of '%s'", word, example)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbCanBeQuietAndVerbose(String verb) {
    assertThat(command(verb).getCommandSpec().options())
        .flatExtracting(option -> List.of(option.names()))
        .contains("--quiet", "--verbose", "--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "train", "evaluate", "predict", "images"})
  void verbsWithResultsPrintThemAsJson(String verb) {
    assertThat(command(verb).getCommandSpec().findOption("--json")).isNotNull();
  }

  @Test
  void coloursHelpOnATerminalOnlyAndNeverAgainstNoColor() {
    assertThat(Main.ansi(Map.of("TERM", "xterm"))).isEqualTo(Ansi.OFF);
    System.setProperty(TERMINAL, "true");
    assertThat(Main.ansi(Map.of("TERM", "xterm"))).isEqualTo(Ansi.ON);
    assertThat(Main.ansi(Map.of("TERM", "xterm", "NO_COLOR", ""))).isEqualTo(Ansi.ON);
    assertThat(Main.ansi(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isEqualTo(Ansi.OFF);
    assertThat(Main.ansi(Map.of("TERM", "dumb"))).isEqualTo(Ansi.OFF);
    assertThat(Main.ansi(Map.of())).isEqualTo(Ansi.OFF);
  }

  @Test
  void inspectPrintsJsonAndNothingElse() throws IOException {
    Path csv = SampleCsv.write(directory.resolve("train.csv"), 20);
    Cli cli = Cli.run("inspect", csv, "--output", directory.resolve("out"), "--json");
    JsonNode json = new ObjectMapper().readTree(cli.out());

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(json.at("/files/0/rows").asInt()).isEqualTo(20);
    assertThat(json.at("/files/0/class_counts/9").asInt()).isEqualTo(2);
    assertThat(json.at("/audit/train_rows").asInt()).isEqualTo(20);
  }

  @Test
  void imagesPrintsJsonAndNothingElse() throws IOException {
    Path exe = Files.write(directory.resolve("a.exe"), PeBytes.minimal());
    Path output = directory.resolve("a.csv");
    Cli cli = Cli.run("images", exe, "--output", output, "--json");
    JsonNode json = new ObjectMapper().readTree(cli.out());

    assertThat(json.at("/output").asText()).isEqualTo(output.toString());
    assertThat(json.at("/recipe").asText()).isEqualTo("header");
    assertThat(json.at("/rows").asInt()).isEqualTo(1);
    assertThat(json.at("/skipped").asInt()).isZero();
  }

  @Test
  void completesVerbsAndOptionsInBash() throws Exception {
    Path script = Files.writeString(directory.resolve("c"), Cli.run("generate-completion").out());
    String ask =
        "source %s; COMP_WORDS=(virus-mnist %s); COMP_CWORD=%d; _complete_virus-mnist 2>/dev/null;"
            + " echo \"${COMPREPLY[*]}\"";

    assertThat(bash(ask.formatted(script, "pr", 1))).isEqualTo("predict");
    assertThat(bash(ask.formatted(script, "sp", 1))).isEqualTo("spark");
    assertThat(bash(ask.formatted(script, "train --device c", 3))).isEqualTo("cpu");
    assertThat(bash(ask.formatted(script, "benchmark --device g", 3))).isEqualTo("gpu");
    assertThat(bash(ask.formatted(script, "predict --uns", 2))).isEqualTo("--unsure-below");
    assertThat(bash(ask.formatted(script, "images --recipe th", 3))).isEqualTo("thumbnail");
  }

  private static String bash(String command) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return out.strip();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpIsWrappedOnceAndItsExamplesCanBeTyped(String verb) {
    CommandSpec spec = command(verb).getCommandSpec();

    assertThat(spec.options()).allSatisfy(one -> assertThat(one.description()).hasSize(1));
    assertThat(spec.positionalParameters())
        .allSatisfy(one -> assertThat(one.description()).hasSize(1));
    assertThat(spec.usageMessage().footer()).noneMatch(line -> line.startsWith("  virus-mnist"));
  }

  @Test
  void theManualHasEveryVerbOptionAndExample() {
    String page = Cli.run("generate-man-page").out();

    assertThat(page).startsWith(".TH VIRUS-MNIST 1 ");
    for (CommandLine verb : verbs().map(MannersTest::command).toList()) {
      assertThat(page).contains("\n.SS " + verb.getCommandName().replace("-", "\\-") + "\n");
      for (OptionSpec option : verb.getCommandSpec().options()) {
        assertThat(page).contains(option.longestName().replace("-", "\\-"));
      }
    }
    assertThat(page).contains("\n.EX\n  scripts/virus\\-mnist train\n.EE\n");
  }

  @Test
  void manReadsTheManualWithoutAWarning() throws Exception {
    assumeTrue(bash("command -v groff").endsWith("groff"), "groff is not installed");
    assumeTrue(bash("command -v col").endsWith("col"), "col is not installed");
    Path page = Files.writeString(directory.resolve("m.1"), Cli.run("generate-man-page").out());

    assertThat(bash("groff -man -ww -Tascii -z " + page)).isEmpty();
    assertThat(bash("groff -man -Tascii -P-c " + page + " | col -b"))
        .contains("VERBS")
        .contains("--unsure-below=P");
  }
}
