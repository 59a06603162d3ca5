package org.virusmnist.cli.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A run that cannot be gone on with, because it would not be the same run any more. */
public final class ResumeRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** Names what differs from the run that was to go on. */
  public ResumeRefusedException(Path where, List<String> differences, int exitCode) {
    super(
        "%s cannot be resumed: %s. Bring back what it was started with, or start a new run."
            .formatted(where, String.join("; ", differences)));
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the refusal. */
  public int exitCode() {
    return exitCode;
  }
}
