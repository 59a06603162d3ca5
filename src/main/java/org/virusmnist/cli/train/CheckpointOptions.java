package org.virusmnist.cli.train;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How often a training is written down, and how many of its checkpoints are kept. */
final class CheckpointOptions {
  private static final long MAX_SECONDS = 1_000_000_000;
  private static final double NANOS = 1e9;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      description =
          "Least time between two checkpoints, which take at most a twentieth of the time;"
              + " 0 writes one after every call, whatever that costs (default: 2).")
  private double seconds = 2;

  @Option(
      names = "--keep-checkpoints",
      paramLabel = "K",
      description = "Keep the newest K checkpoints, 2 or more, and the best (default: 2).")
  private int kept = 2;

  void check() {
    if (kept < 2) {
      throw usage("--keep-checkpoints is " + kept + ", expected 2 or more");
    }
    if (!(seconds >= 0) || seconds > MAX_SECONDS) {
      throw usage("--checkpoint-every is " + seconds + ", expected 0 to " + MAX_SECONDS);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  int kept() {
    return kept;
  }

  /** Least time between two checkpoints in nanoseconds. */
  long nanos() {
    return (long) (seconds * NANOS);
  }
}
