package org.virusmnist.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.virusmnist.metrics.Spread;
import org.virusmnist.metrics.TrialScore;

/** Who goes on and who wins, with a function in place of training. */
class SearchTest {
  private final List<String> calls = new ArrayList<>();

  private static List<Trial> trials(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Trial(number, Map.of("x", Integer.toString(number))))
        .toList();
  }

  private static TrialScore score(double accuracy, double f1, double loss) {
    return new TrialScore(Spread.of(accuracy), Spread.of(f1), Spread.of(loss));
  }

  /** Even trials get better the larger they are, odd ones stay bad. */
  private TrialScore even(Trial trial, int rung, int epochs) {
    calls.add(trial.number() + "@" + epochs);
    return score(trial.number() % 2 == 0 ? trial.number() / 10.0 : 0, 0.5, 1);
  }

  @Test
  void givesTheBestOfARungMoreEpochs() throws IOException {
    Search search = new Search(trials(6), Rung.halving(6, 4, 2), Objective.ACCURACY);
    List<TrialResult> results = search.run(this::even);

    assertThat(calls)
        .containsExactly("1@1", "2@1", "3@1", "4@1", "5@1", "6@1", "2@2", "4@2", "6@2", "6@4");
    assertThat(search.best(results))
        .hasValueSatisfying(
            best -> {
              assertThat(best.trial().number()).isEqualTo(6);
              assertThat(best.rung()).isEqualTo(2);
            });
  }

  @Test
  void prefersALaterRungToABetterScoreOfFewerEpochs() throws IOException {
    Search search = new Search(trials(2), Rung.halving(2, 2, 2), Objective.ACCURACY);
    List<TrialResult> results =
        search.run((trial, rung, epochs) -> score(rung == 0 ? 0.9 : 0.1, 0, 0));

    assertThat(search.bestFirst(results).get(0).rung()).isEqualTo(1);
  }

  @Test
  void takesTheFirstOfEqualTrials() throws IOException {
    Search search = new Search(trials(3), Rung.random(3, 5), Objective.LOSS);
    List<TrialResult> results = search.run((trial, rung, epochs) -> score(0.5, 0.5, 1));

    assertThat(search.bestFirst(results))
        .extracting(result -> result.trial().number())
        .containsExactly(1, 2, 3);
  }

  @Test
  void prefersTheSmallerLossWhereAccuracyIsTheSame() throws IOException {
    Search search = new Search(trials(3), Rung.random(3, 5), Objective.ACCURACY);
    List<TrialResult> results =
        search.run((trial, rung, epochs) -> score(0.5, 0.5, trial.number() == 2 ? 1 : 2));

    assertThat(search.bestFirst(results))
        .extracting(result -> result.trial().number())
        .containsExactly(2, 1, 3);
  }

  @Test
  void followsItsObjective() throws IOException {
    List<TrialScore> scores = List.of(score(0.9, 0.1, 3), score(0.1, 0.9, 2), score(0.5, 0.5, 1));
    Map<Objective, Integer> expected =
        Map.of(Objective.ACCURACY, 1, Objective.MACRO_F1, 2, Objective.LOSS, 3);
    for (Objective objective : Objective.values()) {
      Search search = new Search(trials(3), Rung.random(3, 5), objective);
      List<TrialResult> results =
          search.run((trial, rung, epochs) -> scores.get(trial.number() - 1));

      assertThat(search.best(results))
          .hasValueSatisfying(
              best -> assertThat(best.trial().number()).isEqualTo(expected.get(objective)));
    }
  }

  @Test
  void leavesOutWhatDiverged() throws IOException {
    Search search = new Search(trials(4), Rung.halving(4, 2, 2), Objective.LOSS);
    List<TrialResult> results =
        search.run((trial, rung, epochs) -> trial.number() == 3 ? score(0.1, 0.1, 9) : null);

    assertThat(results).hasSize(5);
    assertThat(search.bestFirst(results))
        .extracting(result -> result.trial().number())
        .startsWith(3, 3)
        .endsWith(1, 2, 4);
  }

  @Test
  void hasNoBestWhereEverythingDiverged() throws IOException {
    Search search = new Search(trials(2), Rung.halving(4, 2, 2), Objective.LOSS);

    assertThat(search.best(search.run((trial, rung, epochs) -> null))).isEmpty();
  }
}
