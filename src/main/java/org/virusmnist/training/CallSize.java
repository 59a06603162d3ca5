package org.virusmnist.training;

/**
 * How many steps to run in one call.
 *
 * <p>Large enough that the call itself costs nothing, small enough that a progress bar moves and a
 * signal is answered: aims at half a second, from the speed of the calls before.
 */
final class CallSize {
  private static final double TARGET_NANOS = 5e8;
  private static final int FIRST = 16;
  private static final int FIRST_ROWS = 512;
  private static final int LARGEST = 4096;

  private int steps;

  /** Begins with few rows, however many a step has: nobody knows yet how fast it is. */
  CallSize(int batchSize) {
    steps = Math.max(1, Math.min(FIRST, FIRST_ROWS / batchSize));
  }

  int steps() {
    return steps;
  }

  void observe(int stepsRun, long nanos) {
    double wanted = nanos <= 0 ? LARGEST : TARGET_NANOS / nanos * stepsRun;
    int atMost = Math.min(LARGEST, 4 * steps);
    steps = (int) Math.max(1, Math.min(atMost, wanted));
  }
}
