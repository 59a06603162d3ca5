package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both parts together are all rows, each row once. */
final class SplitTest {
  @Test
  void roundsTheValidationPartUpAsScikitLearnDoes() {
    // train_test_split(range(7061), test_size=0.33) gives 4,730 and 2,331 rows.
    Split split = Split.random(7061, 0.33, 42);
    assertThat(split.train()).hasSize(4730);
    assertThat(split.validation()).hasSize(2331);
  }

  @Test
  void isDisjointCompleteAndAscending() {
    Split split = Split.random(1000, 0.33, 7);
    assertThat(split.train()).isSorted();
    assertThat(split.validation()).isSorted();
    assertThat(everyRow(split)).isEqualTo(RowOrder.sequential(1000));
  }

  @Test
  void repeatsWithTheSameSeedAndDiffersWithAnother() {
    assertThat(Split.random(100, 0.5, 1)).isEqualTo(Split.random(100, 0.5, 1));
    assertThat(Split.random(100, 0.5, 1)).isNotEqualTo(Split.random(100, 0.5, 2));
  }

  @Test
  void staysTheSameForGood() {
    assertThat(Split.random(10, 0.3, 42).validation()).containsExactly(1, 8, 9);
  }

  @Test
  void refusesAnEmptyPart() {
    assertThatThrownBy(() -> Split.random(1, 0.33, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot split 1 rows by 0.33: the fraction must be above 0, below 1 and leave a row to"
                + " train on");
    assertThatThrownBy(() -> Split.random(10, 0.95, 1))
        .hasMessageStartingWith("cannot split 10 rows");
    assertThatThrownBy(() -> new Split(new int[0], new int[1]))
        .hasMessage("split leaves 0 rows to train and 1 to validate, expected at least 1 of each");
    assertThatThrownBy(() -> new Split(new int[2], new int[0]))
        .hasMessage("split leaves 2 rows to train and 0 to validate, expected at least 1 of each");
  }

  @Test
  void refusesAFractionThatIsNoFraction() {
    for (double fraction : new double[] {0, -0.1, 1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> Split.random(10, fraction, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("by " + fraction);
    }
  }

  @Test
  void stratifiesByClass() {
    int[] labels = IntStream.range(0, 300).map(row -> row % 3 == 0 ? 0 : 1).toArray();
    Split split = Split.stratified(labels, 2, 0.2, 3);
    assertThat(everyRow(split)).isEqualTo(RowOrder.sequential(300));
    assertThat(Arrays.stream(split.validation()).filter(row -> labels[row] == 0)).hasSize(20);
    assertThat(Arrays.stream(split.validation()).filter(row -> labels[row] == 1)).hasSize(40);
  }

  @Test
  void givesTheMissingRowsToTheLargestRemainders() {
    int[] labels = {0, 0, 0, 1, 1, 1, 1, 2};
    // Shares of 0.4: 1.2, 1.6 and 0.4; four rows are wanted, so classes 1 and 2 give one more.
    Split split = Split.stratified(labels, 3, 0.4, 3);
    assertThat(Arrays.stream(split.validation()).map(row -> labels[row]))
        .containsExactly(0, 1, 1, 2);
  }

  @Test
  void stratifiesWithClassesThatHaveNoRow() {
    Split split = Split.stratified(new int[] {0, 0, 2, 2}, 4, 0.5, 3);
    assertThat(split.validation()).hasSize(2);
    assertThat(split.validation()[0]).isLessThan(2);
    assertThat(split.validation()[1]).isGreaterThan(1);
  }

  @Test
  void stratifiesAlikeWithTheSameSeed() {
    int[] labels = IntStream.range(0, 50).map(row -> row % 5).toArray();
    assertThat(Split.stratified(labels, 5, 0.3, 1)).isEqualTo(Split.stratified(labels, 5, 0.3, 1));
    assertThat(Split.stratified(labels, 5, 0.3, 1))
        .isNotEqualTo(Split.stratified(labels, 5, 0.3, 2));
  }

  @Test
  void refusesLabelsThatAreNoClass() {
    assertThatThrownBy(() -> Split.stratified(new int[] {0, 2}, 2, 0.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label of row 1 is 2, expected 0 to 1");
    assertThatThrownBy(() -> Split.stratified(new int[] {-1, 0}, 2, 0.5, 1))
        .hasMessage("label of row 0 is -1, expected 0 to 1");
  }

  @Test
  void copiesItsPartsInAndOut() {
    int[] train = {1};
    Split split = new Split(train, new int[] {0});
    train[0] = 5;
    split.train()[0] = 6;
    split.validation()[0] = 6;
    assertThat(split).isEqualTo(new Split(new int[] {1}, new int[] {0}));
    assertThat(split).hasSameHashCodeAs(new Split(new int[] {1}, new int[] {0}));
    assertThat(split).isNotEqualTo(new Split(new int[] {1}, new int[] {2}));
    assertThat(split).isNotEqualTo(new Split(new int[] {3}, new int[] {0}));
    assertThat(split).isNotEqualTo("Split");
    assertThat(split).hasToString("Split[1 to train, 1 to validate]");
  }

  private static int[] everyRow(Split split) {
    return IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
        .sorted()
        .toArray();
  }
}
