package org.virusmnist.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Seconds spent in each phase of a command, in order. */
final class PhaseTimes {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long phaseStart = System.nanoTime();

  /** Ends the present phase and begins the next. */
  void end(String phase) {
    long now = System.nanoTime();
    seconds.merge(phase, (now - phaseStart) / 1e9, Double::sum);
    phaseStart = now;
  }

  /** Returns for example {@code read 0.4 s, load 1.2 s, total 1.6 s}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    seconds.forEach((phase, time) -> text.append(format(phase, time)).append(", "));
    double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    return text.append(format("total", total)).toString();
  }

  private static String format(String phase, double time) {
    return String.format(Locale.ROOT, "%s %.1f s", phase, time);
  }
}
