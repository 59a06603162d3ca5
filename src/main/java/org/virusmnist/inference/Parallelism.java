package org.virusmnist.inference;

/**
 * How calls share the cores of a machine.
 *
 * <p>One thread a call and a call a core beats sharing every operation between all cores: an
 * operation takes less than a millisecond, and at its end all threads but one wait (measured on 2
 * cores: 12,100 images/s with 2 calls of 1 thread, 9,500 with 2 calls of 2).
 *
 * @param callsInFlight calls that run at a time, 1 or more
 * @param threadsPerCall threads that share an operation, 1 or more
 */
public record Parallelism(int callsInFlight, int threadsPerCall) {
  /** A call of 256 images needs some 50 MB. */
  private static final int MOST_CALLS = 16;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Parallelism {
    if (callsInFlight < 1 || threadsPerCall < 1) {
      throw new IllegalArgumentException(
          "calls and threads are %d and %d, expected 1 or more"
              .formatted(callsInFlight, threadsPerCall));
    }
  }

  /**
   * Returns what fills a machine with calls that do not wait for one another.
   *
   * @param cores processors that the work may use, 1 or more
   * @return as many calls as cores, up to 16; more cores share the operations of a call
   */
  public static Parallelism forCores(int cores) {
    return withCalls(Math.min(cores, MOST_CALLS), cores);
  }

  /**
   * Returns what fills a machine with some calls.
   *
   * @param callsInFlight calls that run at a time, 1 or more
   * @param cores processors that the work may use, 1 or more
   * @return threads of a call such that all of them together fill the cores
   */
  public static Parallelism withCalls(int callsInFlight, int cores) {
    return new Parallelism(callsInFlight, Math.max(1, cores / callsInFlight));
  }
}
