package org.virusmnist.report;

import java.util.List;

/**
 * {@code times.json}: what a run spent its time on.
 *
 * @param phases the phases in the order they ran
 */
public record RunTimes(List<Phase> phases) {
  /** Copies the list. */
  public RunTimes {
    phases = List.copyOf(phases);
  }

  /** Sum over the phases, in seconds. */
  public double totalSeconds() {
    return phases.stream().mapToDouble(Phase::seconds).sum();
  }

  /**
   * Returns the time of one phase.
   *
   * @param name the phase
   * @return its seconds, 0 if it did not run
   */
  public double secondsOf(String name) {
    return phases.stream()
        .filter(phase -> phase.name().equals(name))
        .mapToDouble(Phase::seconds)
        .sum();
  }

  /**
   * A part of a run.
   *
   * @param name what was done
   * @param seconds wall time
   * @param images how many images went through the model, repeats counted; 0 where none did
   */
  public record Phase(String name, double seconds, long images) {
    /** Images per second, 0 where there were none or no time passed. */
    public double imagesPerSecond() {
      return seconds > 0 ? images / seconds : 0;
    }
  }
}
