package org.virusmnist.cli.tune;

import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;

/**
 * How far a search is: a trial weighs as much as its rung has epochs, however many it trains.
 *
 * <p>The time left is estimated from the trials that ran. What an interrupted search had done is
 * taken out of the whole; where training diverges a later rung has fewer trials, and the search
 * ends before the bar does. The bar is cleared after every epoch, so that others may write.
 */
final class SearchProgress implements TrainingListener {
  /** Parts of an epoch that are told apart. */
  private static final long PARTS = 1000;

  private final ProgressBar bar;
  private final int trials;
  private final int splits;
  private long total;
  private long done;
  private boolean hasClock;
  private int trial;
  private long weight;
  private int epochsOfTrial;
  private int epochs;

  /**
   * Starts before the first trial.
   *
   * @param splits how often each trial trains
   */
  SearchProgress(ProgressBar bar, Search search, int splits) {
    this.bar = bar;
    this.splits = splits;
    this.trials = search.rungs().stream().mapToInt(Rung::trials).sum();
    this.total = search.rungs().stream().mapToLong(r -> r.trials() * weightOf(r.epochs())).sum();
  }

  private long weightOf(int rungEpochs) {
    return PARTS * rungEpochs * splits;
  }

  /**
   * A trial begins, which runs or is known already.
   *
   * @param rungEpochs epochs of its rung
   * @param epochsOfSplit those it trains on each split, fine-tuning included
   */
  void begin(int rungEpochs, int epochsOfSplit) {
    trial++;
    weight = weightOf(rungEpochs);
    epochsOfTrial = Math.max(1, epochsOfSplit * splits);
    epochs = 0;
  }

  /** A trial is over. */
  void end() {
    if (epochs == 0) {
      total -= weight;
    } else {
      done += weight;
    }
    bar.clear();
  }

  @Override
  public void onStepsEnd(Progress progress) {
    if (!hasClock) {
      hasClock = true;
      bar.start(); // features of all trials are there now
    }
    double share = (epochs + progress.rowsDone() / (double) progress.rows()) / epochsOfTrial;
    long now = done + (long) (weight * Math.min(1, share));
    bar.show("Search     ", now, total, "run %d of %d".formatted(trial, trials));
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    epochs++;
    bar.clear();
  }
}
