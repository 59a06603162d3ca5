package org.virusmnist.cli.console;

/** A signal asked for the end, and what was running has ended in good order. */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  InterruptedRunException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns 128 and the signal's number, as a shell does. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns the same with a next step for the user. */
  public InterruptedRunException withHint(String hint) {
    InterruptedRunException copy = new InterruptedRunException(getMessage() + " " + hint, exitCode);
    copy.initCause(this);
    return copy;
  }
}
