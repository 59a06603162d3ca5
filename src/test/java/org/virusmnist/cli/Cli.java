package org.virusmnist.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command through the door its users take, and keeps what it said. */
public record Cli(int exitCode, String out, String err) {
  public static Cli run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] strings = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      strings[i] = args[i].toString();
    }
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), strings);
    return new Cli(exitCode, out.toString(), err.toString());
  }
}
