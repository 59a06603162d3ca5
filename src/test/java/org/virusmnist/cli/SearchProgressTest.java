package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.tuning.Objective;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;

/** The bar of a search counts epochs, whoever spent them. */
class SearchProgressTest {
  private static final TrainingListener.Progress EPOCH =
      new TrainingListener.Progress(0, 4, 10, 10, 0.5, 0.5, 1);

  private final StringWriter screen = new StringWriter();
  private final ProgressBar bar = new ProgressBar(new PrintWriter(screen), true);

  @Test
  void reachesTheEndWhenEveryEpochRan() {
    SearchProgress progress = progressOf(new Rung(2, 2));
    for (int trial = 0; trial < 2; trial++) {
      progress.begin(2);
      epochs(progress, 2);
      progress.end();
    }
    assertThat(screen.toString())
        .contains("Search      [                        ]   0%  run 1 of 2  ETA ?")
        .contains("100%  run 2 of 2  ETA 0:00");
  }

  @Test
  void whatIsKnownOrLeftOutTakesNoTime() {
    SearchProgress progress = progressOf(new Rung(3, 2));
    progress.begin(2);
    progress.end(); // known from the search that is resumed
    progress.begin(2);
    epochs(progress, 1); // stopped early
    progress.end();
    progress.begin(2);
    epochs(progress, 2);
    progress.end();
    assertThat(screen.toString()).contains("100%  run 3 of 3  ETA 0:00");
  }

  @Test
  void everySplitCounts() {
    SearchProgress progress =
        new SearchProgress(
            bar, new Search(List.of(), List.of(new Rung(1, 2)), Objective.ACCURACY), 3);
    progress.begin(2);
    epochs(progress, 5);
    assertThat(screen.toString()).doesNotContain("100%");
    epochs(progress, 1);
    assertThat(screen.toString()).contains("100%");
  }

  private SearchProgress progressOf(Rung rung) {
    return new SearchProgress(bar, new Search(List.of(), List.of(rung), Objective.ACCURACY), 1);
  }

  private static void epochs(SearchProgress progress, int count) {
    for (int i = 0; i < count; i++) {
      progress.onEpochEnd(new Epoch(i, 0.5, 0.5, 0.5, 0.5), EPOCH);
    }
  }
}
