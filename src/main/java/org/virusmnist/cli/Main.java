package org.virusmnist.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.virusmnist.cli.console.ErrorLine;
import org.virusmnist.cli.console.ExitCode;
import picocli.CommandLine;

/** Entry point of {@code virus-mnist}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    exitAfter((out, err) -> run(out, err, args));
  }

  /** Runs a command line with the streams of the process. */
  @FunctionalInterface
  interface Run {
    int run(PrintWriter out, PrintWriter err);
  }

  /** Ends the process with the exit code of a command line. */
  static void exitAfter(Run run) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(standardError(), true, StandardCharsets.UTF_8);
    int exitCode = run.run(out, err);
    endFilter();
    System.exit(exitCode);
  }

  /** Waits until what the launcher filters stderr through, if anything, has written it all. */
  private static void endFilter() {
    if (Boolean.getBoolean("virusmnist.stderr.filtered")) {
      System.err.close();
      ProcessHandle.current()
          .children()
          .forEach(filter -> filter.onExit().completeOnTimeout(filter, 5, SECONDS).join());
    }
  }

  /**
   * Returns the file the launcher named for messages, or stderr.
   *
   * <p>The launcher filters what native code writes to stderr; a progress bar must not go through
   * it.
   */
  private static OutputStream standardError() {
    String file = System.getProperty("virusmnist.stderr", "");
    try {
      return file.isEmpty() ? System.err : new FileOutputStream(file, true);
    } catch (FileNotFoundException e) {
      return System.err;
    }
  }

  /**
   * Runs the command.
   *
   * @param out receives results
   * @param err receives everything else
   * @param args the command line
   * @return the exit code, one of {@link ExitCode}
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new CommandLine(new VirusMnistCommand()), out, err, args);
  }

  /** Returns the columns of help: the terminal's, as far as lines stay easy to read. */
  private static int helpWidth() {
    boolean isTerminal = Boolean.getBoolean("virusmnist.stdout.terminal");
    int columns = isTerminal ? Integer.getInteger("virusmnist.columns", 100) : 100;
    return Math.max(80, Math.min(100, columns));
  }

  /**
   * Says whether help is coloured: on a terminal that can, unless NO_COLOR (no-color.org) is set.
   */
  static CommandLine.Help.Ansi ansi(Map<String, String> environment) {
    boolean isWanted =
        Boolean.getBoolean("virusmnist.stdout.terminal")
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return isWanted ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
  }

  /** Runs a command line whose subcommands are all there. */
  static int run(CommandLine command, PrintWriter out, PrintWriter err, String... args) {
    try {
      return command
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setUseSimplifiedAtFiles(true)
          .setUsageHelpWidth(helpWidth())
          .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(System.getenv())))
          .setParameterExceptionHandler(ErrorLine::usage)
          .setExecutionExceptionHandler(ErrorLine::failure)
          .execute(args);
    } catch (OutOfMemoryError e) {
      return ErrorLine.outOfMemory(e, err);
    }
  }
}
