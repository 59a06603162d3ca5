package org.virusmnist.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of every verb. */
public final class CommonOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--verbose", description = "Say more, and print the stack trace of a failure.")
  private boolean verbose;

  @Option(names = "--quiet", description = "Say nothing but results, warnings and errors.")
  private boolean quiet;

  private @Nullable StopSignals stopSignals;
  private @Nullable ProgressBar progressBar;
  private volatile String hint = "";

  /** Returns where results go. */
  public PrintWriter out() {
    return mixee().commandLine().getOut();
  }

  PrintWriter err() {
    return mixee().commandLine().getErr();
  }

  /** Returns the verb that these options are mixed into. */
  public CommandSpec mixee() {
    return spec;
  }

  /** Returns what says that the options of the verb are wrong; {@code message} is one line. */
  public ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Throws as {@link #usage} says unless the options are right. */
  public void require(boolean holds, String message) {
    if (!holds) {
      throw usage(message);
    }
  }

  /** Runs a command's work with its log open, and returns the exit code of success. */
  public int logged(LoggedWork work) throws IOException {
    try (RunLog log = new RunLog(err(), verbose, quiet);
        StopSignals signals = new StopSignals(this::halt)) {
      stopSignals = signals;
      work.run(log);
    } finally {
      progressBar().clear(); // what ends in the middle is explained on a line of its own
    }
    return ExitCode.OK;
  }

  private void halt(int exitCode) {
    err().println(("virus-mnist: interrupted. " + hint).strip());
    err().flush();
    Runtime.getRuntime().halt(exitCode);
  }

  /** Says what to do after a signal has ended the command. */
  public void hintAfterSignal(String text) {
    hint = text;
  }

  /** Returns what a command's loops look at to end when they are asked to. */
  public StopSignals stopSignals() {
    return Objects.requireNonNull(stopSignals, "only while logged work runs");
  }

  /** What a command does. */
  @FunctionalInterface
  public interface LoggedWork {
    void run(RunLog log) throws IOException;
  }

  /** Returns the bar shown for work that takes a while: a command has one, as a terminal has. */
  public ProgressBar progressBar() {
    ProgressBar shown = progressBar;
    if (shown == null) {
      boolean isTerminal = Boolean.getBoolean("virusmnist.stderr.terminal");
      shown = new ProgressBar(err(), isTerminal && !quiet);
      progressBar = shown;
    }
    return shown;
  }
}
