package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Loss and accuracy are means over rows, however the rows come in batches. */
class ScoreTest {
  @Test
  void averagesOverRows() {
    BatchScores scores =
        new BatchScores(new float[] {1, 2, 6}, new float[] {.1f, .9f, .8f, .2f, .5f, .5f});

    Score score = Score.of(scores, new int[] {1, 1, 0});

    assertThat(score.loss()).isEqualTo(3);
    assertThat(score.accuracy()).isEqualTo(2.0 / 3, within(1e-12)); // a tie goes to the first
  }

  @Test
  void weighsBatchesByTheirRows() {
    Score.Counter counter = new Score.Counter();
    counter.add(new BatchScores(new float[] {1}, new float[] {.1f, .9f}), new int[] {1});
    counter.add(
        new BatchScores(new float[] {4, 4, 4}, new float[] {1, 0, 1, 0, 1, 0}),
        new int[] {1, 1, 1});

    assertThat(counter.score()).isEqualTo(new Score(13 / 4.0, 0.25));
  }

  @Test
  void refusesRowsAndLabelsThatDoNotMatch() {
    BatchScores scores = new BatchScores(new float[] {1}, new float[] {.1f, .9f});

    assertThatThrownBy(() -> Score.of(scores, new int[2]))
        .hasMessage("2 labels for 1 rows, expected as many of both");
    assertThatThrownBy(() -> new Score.Counter().score())
        .hasMessage("no row was scored, expected 1 or more");
    assertThatThrownBy(() -> new BatchScores(new float[2], new float[3]))
        .hasMessage("3 probabilities for 2 rows, expected a multiple");
    assertThatThrownBy(() -> new BatchScores(new float[0], new float[0]))
        .hasMessage("0 probabilities for 0 rows, expected a multiple");
    assertThatThrownBy(() -> new StepResults(new float[1], new int[2]))
        .hasMessage("1 losses and 2 counts, expected as many of both");
  }

  @Test
  void countsSteps() {
    assertThat(new StepResults(new float[2], new int[2]).steps()).isEqualTo(2);
  }
}
