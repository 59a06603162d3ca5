package org.virusmnist.training;

/**
 * How the learning rate moves from the first step to the last.
 *
 * @param shape its course after warm-up
 * @param warmupSteps steps in which it rises linearly from near zero, 0 or more
 */
public record Schedule(Shape shape, int warmupSteps) {

  /** The course of the learning rate over all steps. */
  public enum Shape {
    /** The same in every step. */
    CONSTANT,
    /** Half a cosine from the full rate to zero (Loshchilov and Hutter 2017, without restarts). */
    COSINE,
    /** The same in every step, until {@link Plateau} lowers it. */
    PLATEAU
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the number of warm-up steps is negative
   */
  public Schedule {
    if (warmupSteps < 0) {
      throw new IllegalArgumentException(
          "warm-up steps is " + warmupSteps + ", expected 0 or more");
    }
  }

  /**
   * Returns the schedule that changes nothing.
   *
   * @return the full rate in every step
   */
  public static Schedule constant() {
    return new Schedule(Shape.CONSTANT, 0);
  }

  /** Returns the learning rate of a step, counted from 0 over all epochs. */
  float rate(float full, long step, long steps) {
    return (float) (full * share(step, steps));
  }

  private double share(long step, long steps) {
    double warmup = warmupSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmupSteps);
    return shape == Shape.COSINE ? warmup * (1 + Math.cos(Math.PI * step / steps)) / 2 : warmup;
  }
}
