package org.virusmnist.report;

/**
 * Text cells that a spreadsheet does not take for a formula.
 *
 * <p>A cell that starts with one of {@code = + - @}, a tab or a line break (or the full-width forms
 * of the four) can run as a formula when the file is opened (OWASP, "CSV Injection"). Such text
 * gets a leading apostrophe, and so does text that starts with one, which keeps {@link #restore}
 * exact.
 */
final class SpreadsheetText {
  private static final String DANGEROUS = "=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20";

  private SpreadsheetText() {}

  /** Returns the text as it is written. */
  static String guard(String text) {
    boolean dangerous = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
    return dangerous ? "'" + text : text;
  }

  /** Returns the text that was guarded. */
  static String restore(String cell) {
    return cell.startsWith("'") ? cell.substring(1) : cell;
  }
}
