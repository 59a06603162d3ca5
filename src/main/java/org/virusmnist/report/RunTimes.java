package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * Reads a file, of an earlier version too.
   *
   * @param file path of {@code times.json}
   * @throws IOException if it cannot be read, or with its name if it is no such file
   */
  public static RunTimes read(Path file) throws IOException {
    List<Phase> phases = new ArrayList<>();
    for (JsonTree phase : new JsonTree(ConfigJson.read(file)).at("phases").list()) {
      String name = phase.at("name").text();
      double seconds = phase.at("seconds").number();
      double images = phase.at("images").number();
      if (name.isEmpty() || Double.isNaN(seconds) || Double.isNaN(images)) {
        throw new IOException(
            file + ": phases has " + phase.text() + ", expected name, seconds and images");
      }
      boolean isFromCache = Boolean.TRUE.equals(phase.at("from_cache").value());
      phases.add(new Phase(name, seconds, (long) images, isFromCache));
    }
    return new RunTimes(phases);
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

  /** Returns whether a phase took all it gives from a cache. */
  public boolean isFromCache(String name) {
    return phases.stream().anyMatch(phase -> phase.name().equals(name) && phase.fromCache());
  }

  /**
   * A part of a run.
   *
   * @param name what was done
   * @param seconds wall time
   * @param images how many images went through the model, repeats counted; 0 where none did
   * @param fromCache whether what the phase gives was taken from a cache, all of it
   */
  public record Phase(String name, double seconds, long images, boolean fromCache) {
    /** A phase that did its work. */
    public Phase(String name, double seconds, long images) {
      this(name, seconds, images, false);
    }

    /** Images per second, 0 where there were none or no time passed. */
    public double imagesPerSecond() {
      return seconds > 0 ? images / seconds : 0;
    }
  }
}
