package org.virusmnist.cli;

import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;

/**
 * How far a search is, by the epochs of its trials.
 *
 * <p>The time left is estimated from the trials that ran; what an interrupted search had done, and
 * epochs left out by early stopping, count as done and take no time.
 */
final class SearchProgress implements TrainingListener {
  private final ProgressBar bar;
  private final int trials;
  private final int splits;
  private long epochsLeft;
  private long epochsRun;
  private int trial;
  private long trialEpochs;

  /**
   * Starts before the first trial.
   *
   * @param splits how often each trial trains
   */
  SearchProgress(ProgressBar bar, Search search, int splits) {
    this.bar = bar;
    this.splits = splits;
    this.trials = search.rungs().stream().mapToInt(Rung::trials).sum();
    this.epochsLeft =
        splits
            * search.rungs().stream().mapToLong(rung -> (long) rung.trials() * rung.epochs()).sum();
    bar.start();
  }

  /** A trial begins, which runs or is known already. */
  void begin(int epochs) {
    trial++;
    trialEpochs = (long) epochs * splits;
    show();
  }

  /** A trial is over. */
  void end() {
    epochsLeft -= trialEpochs;
    trialEpochs = 0;
    bar.clear();
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    epochsRun++;
    epochsLeft--;
    trialEpochs--;
    show();
  }

  private void show() {
    String figures = "run %d of %d".formatted(trial, trials);
    bar.show("Search     ", epochsRun, epochsRun + epochsLeft, figures);
  }
}
