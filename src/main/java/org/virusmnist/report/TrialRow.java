package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.TrialScore;

/**
 * A trial of a search as it is kept: a file {@code trials/TRIAL-RUNG.json}, a row of {@code
 * trials.csv}. No time is in it, so that a search that was interrupted ends with the same files.
 *
 * @param trial its number, from 1
 * @param rung the round it ran in, from 0
 * @param epochs epochs of the head it was given
 * @param seed seed it trained with
 * @param options values of the options searched over, by name without dashes
 * @param score on the rows held out; null where training diverged
 */
public record TrialRow(
    int trial,
    int rung,
    int epochs,
    long seed,
    Map<String, String> options,
    @Nullable TrialScore score) {

  /** Returns the file's name: {@code 0003-1.json}. */
  public String fileName() {
    return "%04d-%d.json".formatted(trial, rung);
  }

  /**
   * Writes the trial as a file of its own.
   *
   * @param directory where trials are kept
   * @throws IOException if it cannot be written
   */
  public void write(Path directory) throws IOException {
    JsonFile.write(directory.resolve(fileName()), this);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @param file path of it
   * @throws IOException if it cannot be read, or is another kind of file
   */
  public static TrialRow read(Path file) throws IOException {
    return JsonFile.read(file, TrialRow.class);
  }

  /** Whether another row is of the same trial and settings, whatever came out. */
  public boolean isSameTrial(TrialRow other) {
    return trial == other.trial
        && rung == other.rung
        && epochs == other.epochs
        && seed == other.seed
        && options.equals(other.options);
  }
}
