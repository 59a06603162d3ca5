package org.virusmnist.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What every verb does around its work. */
class CommonOptionsTest {
  private static final String TERMINAL = "virusmnist.stderr.terminal";

  @BeforeEach
  void lookAtIt() {
    System.setProperty(TERMINAL, "true");
  }

  @AfterEach
  void lookAway() {
    System.clearProperty(TERMINAL);
  }

  /** Draws its bar, through two owners of it, and fails. */
  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
      return common.logged(
          log -> {
            common.progressBar().show("Reading", 1, 2, "");
            common.progressBar().show("Reading", 2, 2, "");
            throw new IOException("a.csv:2: is odd");
          });
    }
  }

  @Test
  void anErrorStandsOnALineOfItsOwn() {
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new Failing())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(
                (failure, command, result) -> {
                  command.getErr().print(failure.getMessage());
                  command.getErr().flush();
                  return ExitCode.INPUT_OUTPUT;
                })
            .execute();

    assertThat(exitCode).isEqualTo(ExitCode.INPUT_OUTPUT);
    assertThat(err.toString())
        .contains("Reading [========================] 100%")
        .containsPattern("\\r +\\ra\\.csv:2: is odd$");
  }
}
