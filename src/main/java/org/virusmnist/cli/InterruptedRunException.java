package org.virusmnist.cli;

/** A signal asked for the end, and what was running has ended in good order. */
final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  InterruptedRunException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns 128 and the signal's number, as a shell does. */
  int exitCode() {
    return exitCode;
  }

  InterruptedRunException withHint(String hint) {
    InterruptedRunException copy = new InterruptedRunException(getMessage() + " " + hint, exitCode);
    copy.initCause(this);
    return copy;
  }
}
