package org.virusmnist.training;

import java.util.Map;
import org.virusmnist.metrics.Epoch;

/**
 * Ends training when a score has not improved for some epochs, and tells when it was best.
 *
 * <p>Keras's {@code EarlyStopping} with {@code min_delta=0}: any improvement counts, and the epoch
 * that makes {@code patience} epochs without one is the last.
 */
public final class EarlyStopping implements TrainingListener, Resumable {
  private final String name;
  private final Monitor monitor;
  private final int patience;
  private final Runnable onBest;
  private double best = Double.POSITIVE_INFINITY;
  private int bestEpoch = -1;
  private int waited;

  /**
   * Creates a watch over one phase of training.
   *
   * @param name its name in a checkpoint
   * @param monitor the score to go by
   * @param patience epochs without improvement after which training ends, 1 or more
   * @param onBest is run at the end of every epoch that is the best so far, to keep its weights
   * @throws IllegalArgumentException if the patience is not positive
   */
  public EarlyStopping(String name, Monitor monitor, int patience, Runnable onBest) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience is " + patience + ", expected 1 or more");
    }
    this.name = name;
    this.monitor = monitor;
    this.patience = patience;
    this.onBest = onBest;
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    if (monitor.cost(epoch) < best) {
      best = monitor.cost(epoch);
      bestEpoch = epoch.epoch();
      waited = 0;
      onBest.run();
    } else {
      waited++;
    }
  }

  /** Whether the patience is used up. */
  public boolean isOver() {
    return waited >= patience;
  }

  /**
   * Returns the epoch of the best score; the first wins a tie.
   *
   * @return the epoch, from 0; −1 before the first has ended
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Returns the last epoch that was watched.
   *
   * @return the epoch, from 0; −1 before the first has ended
   */
  public int lastEpoch() {
    return bestEpoch + waited;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> save() {
    return Map.of(
        "best", Double.toHexString(best),
        "best_epoch", Integer.toString(bestEpoch),
        "waited", Integer.toString(waited));
  }

  @Override
  public void restore(Map<String, String> saved) {
    best = Double.parseDouble(saved.getOrDefault("best", "Infinity"));
    bestEpoch = Integer.parseInt(saved.getOrDefault("best_epoch", "-1"));
    waited = Integer.parseInt(saved.getOrDefault("waited", "0"));
  }
}
