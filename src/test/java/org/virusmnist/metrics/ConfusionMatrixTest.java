package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

/**
 * Rows are true classes, columns are predicted classes.
 *
 * <p>The example is not symmetric: every test here fails for the transposed matrix.
 */
class ConfusionMatrixTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(new long[][] {{5, 2, 0}, {0, 3, 1}, {4, 0, 0}});

  @Test
  void countsByTrueThenPredictedClass() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(3, new int[] {0, 0, 2, 2, 2}, new int[] {0, 1, 0, 0, 2});

    assertThat(matrix)
        .isEqualTo(ConfusionMatrix.of(new long[][] {{1, 1, 0}, {0, 0, 0}, {2, 0, 1}}));
    assertThat(matrix.count(2, 0)).isEqualTo(2);
  }

  @Test
  void classThatNeverOccursKeepsItsRowAndColumn() {
    ConfusionMatrix matrix = ConfusionMatrix.of(4, new int[] {0}, new int[] {1});

    assertThat(matrix.classCount()).isEqualTo(4);
    assertThat(matrix.support(3)).isZero();
  }

  @Test
  void supportIsTheSumOfARow() {
    assertThat(MATRIX.support(0)).isEqualTo(7);
    assertThat(MATRIX.support(2)).isEqualTo(4);
  }

  @Test
  void predictedCountIsTheSumOfAColumn() {
    assertThat(MATRIX.predictedCount(0)).isEqualTo(9);
    assertThat(MATRIX.predictedCount(2)).isEqualTo(1);
  }

  @Test
  void accuracyIsTheShareOfTheDiagonal() {
    assertThat(MATRIX.total()).isEqualTo(15);
    assertThat(MATRIX.correct()).isEqualTo(8);
    assertThat(MATRIX.accuracy()).isEqualTo(8 / 15.0);
  }

  @Test
  void accuracyOfNothingIsZero() {
    assertThat(new ConfusionMatrix.Counter(2).matrix().accuracy()).isZero();
  }

  @Test
  void shareIsOfTheTrueClass() {
    assertThat(MATRIX.shareOfTrue(0, 1)).isEqualTo(2 / 7.0);
    assertThat(new ConfusionMatrix.Counter(2).matrix().shareOfTrue(0, 1)).isZero();
  }

  @Test
  void sumCountsTheRowsOfBoth() {
    ConfusionMatrix one = ConfusionMatrix.of(new long[][] {{1, 2}, {3, 4}});
    ConfusionMatrix other = ConfusionMatrix.of(new long[][] {{10, 20}, {30, 40}});

    assertThat(one.plus(other)).isEqualTo(ConfusionMatrix.of(new long[][] {{11, 22}, {33, 44}}));
    assertThat(one.count(1, 1)).isEqualTo(4);
  }

  @Test
  void matrixIsASnapshotOfItsCounter() {
    ConfusionMatrix.Counter counter = new ConfusionMatrix.Counter(2);
    counter.add(0, 1);
    ConfusionMatrix before = counter.matrix();

    counter.add(0, 1);

    assertThat(before.count(0, 1)).isEqualTo(1);
    assertThat(counter.matrix().count(0, 1)).isEqualTo(2);
  }

  @Test
  void mostFrequentConfusionComesFirst() {
    assertThat(MATRIX.mostConfused(2))
        .containsExactly(new ConfusedPair(2, 0, 4, 1.0), new ConfusedPair(0, 1, 2, 2 / 7.0));
    assertThat(MATRIX.mostConfused(10)).hasSize(3);
    assertThat(MATRIX.mostConfused(0)).isEmpty();
  }

  @Test
  void equallyFrequentConfusionsAreOrderedByShareThenClasses() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new long[][] {{8, 1, 1}, {1, 8, 1}, {0, 1, 1}});

    assertThat(matrix.mostConfused(10))
        .extracting(ConfusedPair::trueClass, ConfusedPair::predictedClass)
        .containsExactly(tuple(2, 1), tuple(0, 1), tuple(0, 2), tuple(1, 0), tuple(1, 2));
  }

  @Test
  void printsOneLinePerTrueClass() {
    assertThat(MATRIX)
        .hasToString(
            """
            [5, 2, 0]
            [0, 3, 1]
            [4, 0, 0]
            """);
  }

  @Test
  void equalCountsAreEqual() {
    ConfusionMatrix same = ConfusionMatrix.of(new long[][] {{5, 2, 0}, {0, 3, 1}, {4, 0, 0}});

    assertThat(MATRIX).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(MATRIX).isNotEqualTo(MATRIX.plus(MATRIX)).isNotEqualTo("matrix");
  }

  @Test
  void rejectsCountsThatAreNoMatrix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, 2}, {3}}))
        .withMessage("row 1 has 1 columns, expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionMatrix.of(new long[0][]))
        .withMessage("class count is 0, expected 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, -2}, {0, 0}}))
        .withMessage("count of true class 0, predicted class 1 is -2, expected 0 or more");
  }

  @Test
  void rejectsClassesOutOfRange() {
    ConfusionMatrix.Counter counter = new ConfusionMatrix.Counter(3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.add(3, 0))
        .withMessage("true class is 3, expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counter.add(0, -1))
        .withMessage("predicted class is -1, expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MATRIX.count(0, 3))
        .withMessage("predicted class is 3, expected 0 to 2");
  }

  @Test
  void rejectsWhatDoesNotBelongTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionMatrix.of(2, new int[2], new int[3]))
        .withMessage("2 labels for 3 predictions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MATRIX.plus(ConfusionMatrix.of(new long[2][2])))
        .withMessage("cannot add 2 classes to 3 classes");
  }
}
