package org.virusmnist.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.TrialScore;

/**
 * Runs trials rung by rung; the best of a rung go on to the next.
 *
 * @param trials those of the first rung
 * @param rungs how many run in each, and for how many epochs; the first takes all trials
 * @param objective what makes a trial the best
 */
public record Search(List<Trial> trials, List<Rung> rungs, Objective objective) {
  /** Copies the lists. */
  public Search {
    trials = List.copyOf(trials);
    rungs = List.copyOf(rungs);
  }

  /** Trains with the settings of a trial. */
  @FunctionalInterface
  public interface TrialFunction {
    /**
     * Runs a trial, or looks up what it gave before: the same trial in the same rung gives the same
     * score.
     *
     * @param trial the settings
     * @param rung number of the rung, from 0
     * @param epochs those of the rung
     * @return its score, or null if training diverged
     * @throws IOException to end the search
     */
    @Nullable TrialScore run(Trial trial, int rung, int epochs) throws IOException;
  }

  /**
   * Runs all trials of all rungs.
   *
   * @param function runs one
   * @return the results in the order they came; trials that diverged go on to no rung
   * @throws IOException if a trial does
   */
  public List<TrialResult> run(TrialFunction function) throws IOException {
    List<TrialResult> all = new ArrayList<>();
    List<Trial> present = trials;
    for (int number = 0; number < rungs.size(); number++) {
      List<TrialResult> results = new ArrayList<>();
      for (Trial trial : present) {
        TrialScore score = function.run(trial, number, rungs.get(number).epochs());
        results.add(new TrialResult(trial, number, score));
      }
      all.addAll(results);
      if (number + 1 < rungs.size()) {
        present = promoted(results, rungs.get(number + 1).trials());
      }
    }
    return all;
  }

  /** Returns the best trials of a rung, in the order of their numbers. */
  private List<Trial> promoted(List<TrialResult> results, int count) {
    return bestFirst(results).stream()
        .filter(result -> result.score() != null)
        .limit(count)
        .map(TrialResult::trial)
        .sorted(Comparator.comparingInt(Trial::number))
        .toList();
  }

  /**
   * Orders results: those of later rungs first, in a rung the better first, of equal ones that with
   * the smaller loss, and then that with the smaller number; what diverged comes last.
   *
   * @param results any results of this search
   */
  public List<TrialResult> bestFirst(List<TrialResult> results) {
    return results.stream()
        .sorted(
            Comparator.comparingInt((TrialResult result) -> result.score() == null ? 1 : 0)
                .thenComparingInt(result -> -result.rung())
                .thenComparingDouble(result -> cost(objective, result.score()))
                .thenComparingDouble(result -> cost(Objective.LOSS, result.score()))
                .thenComparingInt(result -> result.trial().number()))
        .toList();
  }

  private static double cost(Objective objective, @Nullable TrialScore score) {
    return score == null ? 0 : objective.cost(score);
  }

  /**
   * Returns the best result of the last rung that has any.
   *
   * @param results all results of this search
   * @return nothing where every trial diverged
   */
  public Optional<TrialResult> best(List<TrialResult> results) {
    return bestFirst(results).stream().filter(result -> result.score() != null).findFirst();
  }
}
