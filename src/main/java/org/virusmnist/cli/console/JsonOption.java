package org.virusmnist.cli.console;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.virusmnist.report.ConfigJson;
import picocli.CommandLine.Option;

/** Results for scripts: JSON on stdout in place of text. */
public final class JsonOption {
  @Option(names = "--json", description = "Print the results as JSON instead of text.")
  private boolean isOn;

  /** Returns whether results are to be printed as JSON. */
  public boolean isOn() {
    return isOn;
  }

  /** Returns where text goes: to the given writer, or nowhere if JSON is asked for. */
  public PrintWriter textTo(PrintWriter out) {
    return isOn ? new PrintWriter(Writer.nullWriter()) : out;
  }

  /** Prints a record where JSON is asked for. */
  public void print(PrintWriter out, Map<String, ?> record) {
    if (isOn) {
      out.print(ConfigJson.text(record));
      out.flush();
    }
  }
}
