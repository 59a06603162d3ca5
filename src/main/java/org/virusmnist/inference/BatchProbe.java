package org.virusmnist.inference;

import java.io.IOException;
import java.util.function.Predicate;

/**
 * Finds out by trial how many images a call may have where a device's memory sets the limit.
 *
 * <p>How much memory a call takes is known to the device alone, and differs from one to the next:
 * convolutions need room to work in.
 */
public final class BatchProbe {
  private final Trial trial;
  private final Predicate<RuntimeException> isOutOfMemory;

  /** Runs as many calls at a time as there will be. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Runs them.
     *
     * @param batchSize images of each call
     * @throws IOException if they fail
     */
    void run(int batchSize) throws IOException;
  }

  /**
   * Creates a probe.
   *
   * @param trial runs calls of some size
   * @param isOutOfMemory tells whether they failed because they were too large
   */
  public BatchProbe(Trial trial, Predicate<RuntimeException> isOutOfMemory) {
    this.trial = trial;
    this.isOutOfMemory = isOutOfMemory;
  }

  /**
   * Halves a size until calls of it fit.
   *
   * @param most the size to begin with, 1 or more
   * @return the first that fits
   * @throws IOException if a trial fails for another reason than memory
   * @throws RuntimeException likewise, or if not even a call of one image fits
   */
  public int largest(int most) throws IOException {
    int size = most;
    while (true) {
      try {
        trial.run(size);
        return size;
      } catch (RuntimeException e) {
        if (!isOutOfMemory.test(e) || size == 1) {
          throw e;
        }
        size /= 2;
      }
    }
  }
}
