package org.virusmnist.cli;

/** What a process's end says; scripts rely on these numbers. */
final class ExitCode {
  static final int OK = 0;

  /** A fault of this program. */
  static final int UNEXPECTED = 1;

  static final int USAGE = 2;
  static final int DATA = 3;
  static final int MODEL = 4;
  static final int DEVICE = 5;
  static final int INPUT_OUTPUT = 6;
  static final int DIVERGED = 7;

  private ExitCode() {}
}
