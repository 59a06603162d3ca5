package org.virusmnist.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.tuning.Objective;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;

/** The bar of a search counts trials by the epochs of their rungs, whatever they train. */
class SearchProgressTest {
  private final StringWriter screen = new StringWriter();
  private final ProgressBar bar = new ProgressBar(new PrintWriter(screen), true, 0, 200);

  @Test
  void reachesTheEndWhenEveryEpochRan() {
    SearchProgress progress = progressOf(2, 1);
    trial(progress, 2, 2);
    trial(progress, 2, 2);
    assertThat(screen.toString())
        .contains("50%  run 1 of 2")
        .contains("[========================] 100%  run 2 of 2  ETA 0:00");
  }

  @Test
  void whatIsKnownTakesNoTime() {
    SearchProgress progress = progressOf(3, 1);
    progress.begin(2, 2);
    progress.end(); // known from the search that is resumed
    trial(progress, 2, 2);
    trial(progress, 2, 2);
    assertThat(screen.toString())
        .contains("50%  run 2 of 3")
        .contains("100%  run 3 of 3  ETA 0:00");
  }

  @Test
  void stoppingEarlyAndFineTuningEndWhereTheOthersDo() {
    SearchProgress progress = progressOf(2, 1);
    trial(progress, 2, 1); // stopped early
    trial(progress, 5, 5); // two epochs of the head, three of the base
    assertThat(screen.toString())
        .contains("60%  run 2 of 2")
        .contains("100%  run 2 of 2  ETA 0:00");
  }

  @Test
  void moreEpochsThanExpectedAreNoMoreThanAll() {
    SearchProgress progress = progressOf(1, 1);
    trial(progress, 2, 9);
    assertThat(screen.toString()).contains("100%").doesNotContain("450%");
  }

  @Test
  void everySplitCounts() {
    SearchProgress progress = progressOf(1, 3);
    progress.begin(2, 2);
    epochs(progress, 5);
    assertThat(screen.toString()).contains("83%").doesNotContain("100%");
    epochs(progress, 1);
    assertThat(screen.toString()).contains("100%");
  }

  private SearchProgress progressOf(int trials, int splits) {
    Search search = new Search(List.of(), List.of(new Rung(trials, 2)), Objective.ACCURACY);
    return new SearchProgress(bar, search, splits);
  }

  private static void trial(SearchProgress progress, int expected, int ran) {
    progress.begin(2, expected);
    epochs(progress, ran);
    progress.end();
  }

  private static void epochs(SearchProgress progress, int count) {
    for (int i = 0; i < count; i++) {
      TrainingListener.Progress whole =
          new TrainingListener.Progress(i, count, 10, 10, 0.5, 0.5, 1);
      progress.onStepsEnd(whole);
      progress.onEpochEnd(new Epoch(i, 0.5, 0.5, 0.5, 0.5), whole);
    }
  }
}
