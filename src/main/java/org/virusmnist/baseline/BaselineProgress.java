package org.virusmnist.baseline;

/** Is told how far a baseline is, possibly by several threads at a time. */
@FunctionalInterface
public interface BaselineProgress {
  /** What a baseline does. */
  enum Phase {
    /** Learns from the training rows. */
    FITTING,
    /** Answers for the test rows. */
    PREDICTING
  }

  /**
   * Some of a phase is done.
   *
   * @param phase what is going on
   * @param done units of it that are done: steps, trees or rows
   * @param total its units
   */
  void advanced(Phase phase, long done, long total);
}
