package org.virusmnist.cli;

import java.io.PrintWriter;
import java.util.stream.Stream;
import org.virusmnist.cli.console.ExitCode;
import picocli.CommandLine;

/**
 * Entry point of the batch verbs on Apache Spark, for {@code spark-submit} and {@code
 * scripts/virus-mnist spark}.
 */
public final class SparkMain {
  private SparkMain() {}

  /**
   * Runs a verb and ends the process with its exit code.
   *
   * @param args the verb and its options
   */
  public static void main(String[] args) {
    Main.exitAfter((out, err) -> run(out, err, args));
  }

  /**
   * Runs a verb.
   *
   * @param out receives results
   * @param err receives everything else
   * @param args the verb and its options
   * @return the exit code, one of {@link ExitCode}
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine command = new CommandLine(new VirusMnistCommand());
    command.addSubcommand(new SparkCommand());
    return Main.run(
        command,
        out,
        err,
        Stream.concat(Stream.of("spark"), Stream.of(args)).toArray(String[]::new));
  }
}
