package org.virusmnist.training;

import java.util.Map;
import org.virusmnist.metrics.Epoch;

/**
 * Lowers the learning rate when a score has not improved for some epochs.
 *
 * <p>Keras's {@code ReduceLROnPlateau} with its {@code min_delta} of 0.0001, no cooldown and no
 * smallest rate.
 */
public final class Plateau implements TrainingListener, Resumable {
  private static final double MIN_DELTA = 1e-4;

  private final String name;
  private final Monitor monitor;
  private final Settings settings;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;
  private float factor = 1;

  /**
   * When and by how much the rate falls.
   *
   * @param patience epochs without improvement after which it does, 1 or more
   * @param factor what it is multiplied by, above 0 and below 1
   */
  public record Settings(int patience, float factor) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Settings {
      if (patience < 1) {
        throw new IllegalArgumentException(
            "plateau patience is " + patience + ", expected 1 or more");
      }
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "plateau factor is " + factor + ", expected more than 0 and less than 1");
      }
    }
  }

  /**
   * Creates a watch over one phase of training.
   *
   * @param name its name in a checkpoint
   * @param monitor the score to go by
   * @param settings when and by how much the rate falls
   */
  public Plateau(String name, Monitor monitor, Settings settings) {
    this.name = name;
    this.monitor = monitor;
    this.settings = settings;
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    if (monitor.cost(epoch) < best - MIN_DELTA) {
      best = monitor.cost(epoch);
      waited = 0;
    } else if (++waited >= settings.patience()) {
      factor *= settings.factor();
      waited = 0;
    }
  }

  /** Returns what the scheduled learning rate is multiplied by, from 1 downwards. */
  public float factor() {
    return factor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> save() {
    return Map.of(
        "best", Double.toHexString(best),
        "waited", Integer.toString(waited),
        "factor", Float.toHexString(factor));
  }

  @Override
  public void restore(Map<String, String> saved) {
    best = Double.parseDouble(saved.getOrDefault("best", "Infinity"));
    waited = Integer.parseInt(saved.getOrDefault("waited", "0"));
    factor = Float.parseFloat(saved.getOrDefault("factor", "1"));
  }
}
