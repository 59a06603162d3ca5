package org.virusmnist.cli.console;

/** What a process's end says; scripts rely on these numbers. */
public final class ExitCode {
  /** The verb did what it was asked for. */
  public static final int OK = 0;

  /** A fault of this program. */
  static final int UNEXPECTED = 1;

  /** An option is wrong. */
  public static final int USAGE = 2;

  /** Rows, labels or names of classes are wrong. */
  public static final int DATA = 3;

  /** A SavedModel is refused or fails. */
  public static final int MODEL = 4;

  /** The GPU that was asked for cannot be used. */
  public static final int DEVICE = 5;

  /** A file cannot be read or written. */
  public static final int INPUT_OUTPUT = 6;

  static final int DIVERGED = 7;

  private ExitCode() {}
}
