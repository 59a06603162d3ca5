package org.virusmnist.tuning;

import java.util.ArrayList;
import java.util.List;

/**
 * A round of a search.
 *
 * @param trials how many trials run in it
 * @param epochs epochs that each of them trains for
 */
public record Rung(int trials, int epochs) {
  /**
   * Returns the only round of a search that gives every trial all epochs.
   *
   * @param trials how many
   * @param epochs of each
   */
  public static List<Rung> random(int trials, int epochs) {
    return List.of(new Rung(trials, epochs));
  }

  /**
   * Returns the rounds of successive halving: all trials train for a few epochs, the best of them
   * anew for a multiple, until few train for all epochs.
   *
   * <p>Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
   * optimization", AISTATS 2016, with a bracket of Hyperband (Li and others, JMLR 18, 2018,
   * algorithm 1): of n trials ⌊n·η⁻ⁱ⌋ run in round i = 0…s, for ⌊R·η^(i−s)⌋ of R epochs. Here s is
   * the largest number of rounds after which a trial is left and the first still has an epoch. As
   * in scikit-learn's {@code HalvingRandomSearchCV} a trial that goes on trains from the start, so
   * that a schedule runs its whole course in every round.
   *
   * @param trials n, 1 or more
   * @param epochs R, 1 or more
   * @param factor η, 2 or more
   */
  public static List<Rung> halving(int trials, int epochs, int factor) {
    int last = 0;
    while (Math.pow(factor, last + 1) <= Math.min(trials, epochs)) {
      last++;
    }
    List<Rung> rungs = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      int left = trials / (int) Math.pow(factor, i);
      rungs.add(new Rung(left, epochs / (int) Math.pow(factor, last - i)));
    }
    return rungs;
  }
}
