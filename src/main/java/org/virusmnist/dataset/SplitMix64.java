package org.virusmnist.dataset;

/**
 * The SplitMix64 generator: Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, with the constants of the JDK's {@code SplittableRandom}.
 *
 * <p>Spelled out here because a row order must stay the same for good: the JDK promises its
 * generator's sequence for no version but the one that runs.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long TWO_TO_32 = 1L << 32;

  private long state;

  /** Starts a sequence that differs from that of every other pair of seed and stream. */
  SplitMix64(long seed, long stream) {
    // Mixed in turn: seed + stream × gamma would make the streams shifted copies of each other.
    this(mix(mix(seed + GOLDEN_GAMMA) ^ stream));
  }

  private SplitMix64(long state) {
    this.state = state;
  }

  /** Returns the reference generator in a given state. */
  static SplitMix64 withState(long state) {
    return new SplitMix64(state);
  }

  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Returns an unbiased number from 0 to {@code bound − 1}: Lemire, "Fast random integer generation
   * in an interval", ACM TOMACS 2019.
   */
  int below(int bound) {
    long biased = TWO_TO_32 % bound;
    long product;
    do {
      product = (next() >>> 32) * bound;
    } while ((product & (TWO_TO_32 - 1)) < biased);
    return (int) (product >>> 32);
  }

  /** Returns a number from 0 to below 1, with 53 random bits as the JDK's {@code nextDouble}. */
  double nextDouble() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /**
   * Shuffles in place: Durstenfeld's form of the Fisher-Yates shuffle, CACM 1964, algorithm 235.
   */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = below(i + 1);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
