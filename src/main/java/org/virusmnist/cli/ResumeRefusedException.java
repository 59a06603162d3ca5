package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A run that cannot be gone on with, because it would not be the same run any more. */
final class ResumeRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  ResumeRefusedException(Path where, List<String> differences, int exitCode) {
    super(
        "%s cannot be resumed: %s. Bring back what it was started with, or start a new run."
            .formatted(where, String.join("; ", differences)));
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
