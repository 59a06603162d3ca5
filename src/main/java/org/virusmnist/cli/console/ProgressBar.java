package org.virusmnist.cli.console;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * One line that is drawn again and again on a terminal, and nothing elsewhere.
 *
 * <p>Used by one thread. {@link #clear} leaves an empty line for what is printed next.
 */
public final class ProgressBar {
  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int LEAST_COLUMNS = 20;
  private static final String ELLIPSIS = "...";

  private final PrintWriter err;
  private final boolean isShown;
  private final long redrawNanos;
  private final int columns;
  private long startNanos = System.nanoTime();
  private long drawnNanos;
  private int drawnLength;

  /** Draws at most a few times a second, on a terminal as wide as the launcher says. */
  public ProgressBar(PrintWriter err, boolean isShown) {
    this(err, isShown, REDRAW_NANOS, Integer.getInteger("virusmnist.columns", 80));
  }

  /**
   * Draws no sooner than some time after the last drawing.
   *
   * @param err the terminal
   * @param isShown false to draw nothing
   * @param redrawNanos the time between two drawings
   * @param columns width of the terminal; a line that fills it could not be drawn over
   */
  public ProgressBar(PrintWriter err, boolean isShown, long redrawNanos, int columns) {
    this.err = err;
    this.isShown = isShown;
    this.redrawNanos = redrawNanos;
    this.columns = Math.max(LEAST_COLUMNS, columns);
  }

  /** Whether somebody looks at it. */
  boolean isShown() {
    return isShown;
  }

  /** Returns a bar that nobody sees, for work beside other work. */
  public static ProgressBar hidden() {
    return new ProgressBar(new PrintWriter(Writer.nullWriter()), false);
  }

  /** Starts the clock from which the remaining time is estimated. */
  public void start() {
    startNanos = System.nanoTime();
    drawnNanos = 0;
  }

  /** Draws the bar, at most ten times a second. */
  public void show(String title, long done, long total, String figures) {
    long now = System.nanoTime();
    if (!isShown || (now - drawnNanos < redrawNanos && done < total)) {
      return;
    }
    drawnNanos = now;
    double seconds = (now - startNanos) / 1e9;
    String rest =
        " %s %3d%%%s  ETA %s"
            .formatted(
                bar(done, total),
                total == 0 ? 100 : 100 * done / total,
                figures.isEmpty() ? "" : "  " + figures,
                done == 0 ? "?" : duration(seconds / done * (total - done)));
    draw(fitting(title, columns - 1 - rest.length()) + rest);
  }

  /** Returns a title with its start left out where it is too long: paths differ at their end. */
  private static String fitting(String title, int length) {
    if (title.length() <= length) {
      return title;
    }
    int kept = Math.max(0, length - ELLIPSIS.length());
    return ELLIPSIS + title.substring(title.length() - kept);
  }

  private void draw(String text) {
    String line = text.substring(0, Math.min(text.length(), columns - 1));
    err.print("\r" + line + " ".repeat(Math.max(0, drawnLength - line.length())));
    err.flush();
    drawnLength = line.length();
  }

  private static String bar(long done, long total) {
    int filled = total == 0 ? WIDTH : (int) (WIDTH * Math.min(done, total) / total);
    return "[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "]";
  }

  /** Takes the bar off the screen. */
  public void clear() {
    if (isShown && drawnLength > 0) {
      draw("");
      err.print("\r");
      err.flush();
      drawnLength = 0;
    }
  }

  /** Returns for example {@code 0:07} or {@code 1:02:03}. */
  public static String duration(double seconds) {
    long rounded = Math.round(seconds);
    long hours = rounded / 3600;
    long minutes = rounded / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, rounded % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, rounded % 60);
  }
}
