package org.virusmnist.dataset;

import java.io.IOException;
import java.io.Reader;

/**
 * Bounds the text between two rows, so that a file without line ends or without the closing quote
 * cannot fill the memory. Also knows whether the text has ended.
 */
final class RowGuard extends Reader {
  /** Characters a row may have; the longest valid one, all cells quoted, has about 14,000. */
  static final int MAX_ROW_CHARACTERS = 1 << 16;

  private final Reader in;
  private long sinceRowStart;
  private boolean ended;

  RowGuard(Reader in) {
    this.in = in;
  }

  /** Counts from here again; what the parser has read ahead belongs to the rows before. */
  void startRow() {
    sinceRowStart = 0;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (sinceRowStart > MAX_ROW_CHARACTERS) {
      throw new RowTooLongException();
    }
    int read = in.read(target, offset, length);
    ended = read < 0;
    sinceRowStart += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Says that a row has too many characters; the caller knows which row. */
  static final class RowTooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
