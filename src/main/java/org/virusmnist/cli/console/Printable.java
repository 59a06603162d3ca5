package org.virusmnist.cli.console;

/** Text from outside, such as names of files, that shall not move a terminal's cursor. */
public final class Printable {
  private Printable() {}

  /** Returns the text with control characters replaced by question marks. */
  public static String of(Object text) {
    return text.toString()
        .replaceAll("\\p{Cntrl}|[\\u0080-\\u009F\\u200E\\u200F\\u202A-\\u202E]", "?");
  }
}
