package org.virusmnist.cli.session;

import org.jspecify.annotations.Nullable;
import org.virusmnist.inference.Parallelism;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How calls share the machine; what is not given is chosen from its cores. */
public final class ParallelOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--calls-in-flight",
      paramLabel = "N",
      description = "Calls that run at a time outside training (default: one a core, up to 16).")
  private @Nullable Integer callsInFlight;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that share an operation on a CPU (default: the cores divided by the calls in"
              + " flight; all cores where the base is trained).")
  private @Nullable Integer threads;

  private boolean isBaseTrained;

  /** Says that calls of the base follow one another, each with all cores to itself. */
  void trainBase() {
    isBaseTrained = true;
  }

  /** Refuses numbers that are none. */
  public void check() {
    requirePositive("--calls-in-flight", callsInFlight);
    requirePositive("--threads", threads);
  }

  private void requirePositive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d, expected 1 or more".formatted(option, value));
    }
  }

  /** Returns the threads of one call, 1 or more. */
  public int threads() {
    if (threads != null) {
      return threads;
    }
    return isBaseTrained ? cores() : parallelism().threadsPerCall();
  }

  /** Returns the calls in work at a time, 1 or more. */
  public int callsInFlight() {
    return parallelism().callsInFlight();
  }

  private Parallelism parallelism() {
    return callsInFlight == null
        ? Parallelism.forCores(cores())
        : Parallelism.withCalls(callsInFlight, cores());
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
