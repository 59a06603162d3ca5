package org.virusmnist.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The epochs of one training run, oldest first. Immutable: appending gives a new history.
 *
 * @param epochs epochs in order; their numbers rise strictly
 */
public record History(List<Epoch> epochs) {
  /**
   * Copies the list and checks its order.
   *
   * @throws IllegalArgumentException if an epoch's number is not above the one before
   */
  public History {
    epochs = List.copyOf(epochs);
    for (int i = 1; i < epochs.size(); i++) {
      requireRising(epochs.get(i - 1).epoch(), epochs.get(i).epoch());
    }
  }

  /** Returns a history without epochs. */
  public static History empty() {
    return new History(List.of());
  }

  /**
   * Returns this history with one epoch more.
   *
   * @param epoch the epoch that follows
   * @throws IllegalArgumentException if its number is not above the last one's
   */
  public History append(Epoch epoch) {
    List<Epoch> longer = new ArrayList<>(epochs);
    longer.add(epoch);
    return new History(longer);
  }

  /** Number of epochs. */
  public int size() {
    return epochs.size();
  }

  /** Returns the newest epoch, or nothing before the first. */
  public Optional<Epoch> last() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  /** Returns the epoch of the smallest validation loss; the first wins a tie, NaN never wins. */
  public Optional<Epoch> bestByValLoss() {
    return best(Epoch::valLoss);
  }

  /** Returns the epoch of the largest validation accuracy; the first wins a tie. */
  public Optional<Epoch> bestByValAccuracy() {
    return best(epoch -> -epoch.valAccuracy());
  }

  private Optional<Epoch> best(ToDoubleFunction<Epoch> cost) {
    return epochs.stream()
        .filter(epoch -> !Double.isNaN(cost.applyAsDouble(epoch)))
        .min(Comparator.comparingDouble(cost));
  }

  private static void requireRising(int before, int after) {
    if (after <= before) {
      throw new IllegalArgumentException("epoch " + after + " follows epoch " + before);
    }
  }
}
