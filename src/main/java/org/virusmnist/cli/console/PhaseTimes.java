package org.virusmnist.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.report.RunTimes;

/** Seconds spent in each phase of a command, in order. */
public final class PhaseTimes {
  private final List<RunTimes.Phase> phases = new ArrayList<>();
  private long phaseStart = System.nanoTime();

  /** Ends the present phase and begins the next. */
  public void end(String phase) {
    end(phase, 0);
  }

  /** Ends a phase in which images went through the model. */
  public void end(String phase, long images) {
    end(phase, images, false);
  }

  /** Ends a phase whose results may all come from a cache, so that no image went anywhere. */
  public void end(String phase, long images, boolean fromCache) {
    long now = System.nanoTime();
    phases.add(new RunTimes.Phase(phase, (now - phaseStart) / 1e9, images, fromCache));
    phaseStart = now;
  }

  /** Returns the phases that have ended. */
  public RunTimes soFar() {
    return new RunTimes(phases);
  }

  /** Returns for example {@code read 0.4 s, load 1.2 s, total 1.6 s}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (RunTimes.Phase phase : phases) {
      text.append(format(phase.name(), phase.seconds()));
      text.append(phase.fromCache() ? " (cached), " : ", ");
    }
    return text.append(format("total", soFar().totalSeconds())).toString();
  }

  private static String format(String phase, double time) {
    return String.format(Locale.ROOT, "%s %.1f s", phase, time);
  }
}
