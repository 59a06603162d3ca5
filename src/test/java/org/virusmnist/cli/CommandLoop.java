package org.virusmnist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Runs command after command in one process, for those who have thousands to run: each line of the
 * input is a command, its arguments separated by tabs; the answer is what it said, both streams
 * together, and a line {@code exit CODE}.
 */
final class CommandLoop {
  private CommandLoop() {}

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Cli cli = Cli.run(Arrays.stream(line.split("\t")).toArray());
      out.print(cli.out() + cli.err());
      out.println("exit " + cli.exitCode());
    }
  }
}
