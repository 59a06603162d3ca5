package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that can be read but is not what this application reads, with the place of the fault.
 *
 * <p>The message is one line: {@code FILE:LINE: what was found, what was expected. Next step.} The
 * file is named as the caller named it. Found values are shortened and everything but printable
 * ASCII is escaped, so that a message stays short and harmless whatever the file contains.
 */
public final class DatasetFormatException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARACTERS = 24;

  private final String file;
  private final String problem;
  private final long line;
  private final int column;

  /**
   * Creates an exception for one cell of a file.
   *
   * @param file the file as the user named it
   * @param line the line where the row starts, from 1; 0 for the whole file
   * @param column the number of the column in its row, from 1; 0 for the whole line
   * @param problem what was found and expected, and what to do, without the place
   */
  public DatasetFormatException(Path file, long line, int column, String problem) {
    super(file + (line > 0 ? ":" + line : "") + ": " + problem);
    this.file = file.toString();
    this.problem = problem;
    this.line = line;
    this.column = column;
  }

  DatasetFormatException(Path file, long line, String problem) {
    this(file, line, 0, problem);
  }

  /**
   * Returns the file as the user named it.
   *
   * @return a path, relative or absolute
   */
  public String file() {
    return file;
  }

  /**
   * Returns the line where the faulty row starts.
   *
   * @return the line from 1, or 0 when the file as a whole is at fault
   */
  public long line() {
    return line;
  }

  /**
   * Returns the number of the faulty column in its row.
   *
   * @return the column from 1, or 0 when the line as a whole is at fault
   */
  public int column() {
    return column;
  }

  /**
   * Returns the message without the place, for readers that know the place better.
   *
   * @return what was found and expected, and what to do
   */
  public String problem() {
    return problem;
  }

  /**
   * Returns a found value in quotes: at most 24 characters, all of them printable ASCII.
   *
   * @param value any text
   * @return the text as messages show it
   */
  public static String quoted(String value) {
    StringBuilder shown = new StringBuilder("'");
    value.chars().limit(SHOWN_CHARACTERS).forEach(c -> shown.append(printable((char) c)));
    if (value.length() > SHOWN_CHARACTERS) {
      return shown.append("...' (").append(value.length()).append(" characters)").toString();
    }
    return shown.append('\'').toString();
  }

  private static String printable(char c) {
    return c >= ' ' && c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c);
  }
}
