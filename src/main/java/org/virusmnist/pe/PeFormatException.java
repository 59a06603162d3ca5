package org.virusmnist.pe;

import java.io.IOException;

/** A file that can be read and is no whole Windows executable; the message says why, no more. */
public final class PeFormatException extends IOException {
  /** What is said of a file that is no program at all, where all others are damaged ones. */
  public static final String NO_PROGRAM = "does not start with MZ";

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param reason what is wrong with the file, without its name, as the end of a sentence
   */
  public PeFormatException(String reason) {
    super(reason);
  }
}
