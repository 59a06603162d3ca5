package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionBatchTest {
  private static final float[] PROBABILITIES = {
    0.1f, 0.2f, 0.7f,
    0.4f, 0.4f, 0.2f
  };

  private final PredictionBatch batch = PredictionBatch.of(100, 3, PROBABILITIES);

  @Test
  void rowsAreNumberedFromTheFirst() {
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.row(1)).isEqualTo(101);
    assertThat(batch.classCount()).isEqualTo(3);
  }

  @Test
  void probabilitiesAreRowByRow() {
    assertThat(batch.probability(0, 2)).isEqualTo(0.7f);
    assertThat(batch.probability(1, 0)).isEqualTo(0.4f);
  }

  @Test
  void smallestClassWinsATie() {
    assertThat(batch.predicted(0)).isEqualTo(2);
    assertThat(batch.predicted(1)).isZero();
    assertThat(batch.confidence(0)).isEqualTo(0.7f);
    assertThat(batch.confidence(1)).isEqualTo(0.4f);
  }

  @Test
  void keepsNothingOfTheArraysItWasGiven() {
    float[] probabilities = PROBABILITIES.clone();
    int[] labels = {1, 2};
    String[] hashes = {"a", "b"};
    PredictionBatch copied =
        PredictionBatch.of(0, 3, probabilities).withLabels(labels).withHashes(hashes);

    probabilities[0] = 9;
    labels[0] = 0;
    hashes[0] = "changed";

    assertThat(copied.probability(0, 0)).isEqualTo(0.1f);
    assertThat(copied.label(0)).isEqualTo(1);
    assertThat(copied.hash(0)).isEqualTo("a");
  }

  @Test
  void knowsWhichRowsAreCorrect() {
    PredictionBatch labelled = batch.withLabels(new int[] {2, 1});

    assertThat(labelled.hasLabels()).isTrue();
    assertThat(labelled.isCorrect(0)).isTrue();
    assertThat(labelled.isCorrect(1)).isFalse();
  }

  @Test
  void labelsAndHashesDoNotDisplaceEachOther() {
    PredictionBatch both = batch.withHashes(new String[] {"a", "b"}).withLabels(new int[] {2, 1});

    assertThat(both.hash(1)).isEqualTo("b");
    assertThat(both.label(1)).isEqualTo(1);
    assertThat(both.row(1)).isEqualTo(101);
  }

  @Test
  void hashMayBeAbsent() {
    assertThat(batch.hash(0)).isNull();
    assertThat(batch.withHashes(new String[2]).hash(0)).isNull();
  }

  @Test
  void askingForAnUnknownLabelFails() {
    assertThat(batch.hasLabels()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> batch.label(1))
        .withMessage("row 101 has no label");
  }

  @Test
  void ranksTheLabelWithTiesInClassOrder() {
    assertThat(batch.withLabels(new int[] {0, 0}).rankOfLabel(0)).isEqualTo(2);
    assertThat(batch.withLabels(new int[] {2, 0}).rankOfLabel(0)).isZero();
    assertThat(batch.withLabels(new int[] {0, 0}).rankOfLabel(1)).isZero();
    assertThat(batch.withLabels(new int[] {0, 1}).rankOfLabel(1)).isEqualTo(1);
  }

  @Test
  void rowsThatDoNotAddUpToOneAreDividedByTheirSum() {
    PredictionBatch sigmoid =
        PredictionBatch.of(0, 3, new float[] {1, 0.75f, 0.25f, 0, 0, 0, 0.7f, 0.2f, 0.1f})
            .withLabels(new int[] {0, 1, 2});

    assertThat(sigmoid.normalized(0, 1)).isEqualTo(0.375);
    assertThat(sigmoid.normalizedConfidence(0)).isEqualTo(0.5);
    assertThat(sigmoid.crossEntropy(0)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(sigmoid.confidence(0)).isEqualTo(1);
    assertThat(sigmoid.normalized(1, 2)).isZero();
    assertThat(sigmoid.normalized(2, 0)).isEqualTo((double) 0.7f);
    assertThat(sigmoid.single(0).renumbered(7).normalized(0, 0)).isEqualTo(0.5);
  }

  @Test
  void crossEntropyIsInNatsAndFiniteForImpossibleLabels() {
    PredictionBatch sure =
        PredictionBatch.of(0, 2, new float[] {1, 0, 0.5f, 0.5f}).withLabels(new int[] {1, 0});

    assertThat(sure.crossEntropy(0)).isCloseTo(16.11809565, within(1e-8));
    assertThat(sure.crossEntropy(1)).isCloseTo(Math.log(2), within(1e-15));
  }

  @Test
  void singleRowKeepsItsNumberLabelAndHash() {
    PredictionBatch single =
        batch.withLabels(new int[] {2, 1}).withHashes(new String[] {"a", "b"}).single(1);

    assertThat(single.size()).isOne();
    assertThat(single.row(0)).isEqualTo(101);
    assertThat(single.probability(0, 2)).isEqualTo(0.2f);
    assertThat(single.label(0)).isEqualTo(1);
    assertThat(single.hash(0)).isEqualTo("b");
    assertThat(batch.single(0).hasLabels()).isFalse();
    assertThat(batch.single(0).hash(0)).isNull();
  }

  @Test
  void emptyBatchIsABatch() {
    assertThat(PredictionBatch.of(5, 10, new float[0]).size()).isZero();
  }

  @Test
  void rejectsArraysThatAreNoRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(0, 4, PROBABILITIES))
        .withMessage("6 probabilities cannot be rows of 4 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(0, 0, PROBABILITIES))
        .withMessage("6 probabilities cannot be rows of 0 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(-1, 3, PROBABILITIES))
        .withMessage("first row is -1, expected 0 or more");
  }

  @Test
  void rejectsValuesThatAreNoProbabilities() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(7, 2, new float[] {0, 1, 1, Float.NaN}))
        .withMessage("probability of row 8, class 1 is NaN, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(7, 2, new float[] {-0.1f, 1}))
        .withMessage("probability of row 7, class 0 is -0.1, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionBatch.of(7, 1, new float[] {Float.POSITIVE_INFINITY}))
        .withMessage("probability of row 7, class 0 is Infinity, expected 0 to 1");
  }

  @Test
  void rejectsLabelsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.withLabels(new int[] {1}))
        .withMessage("1 labels for 2 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.withLabels(new int[] {0, 3}))
        .withMessage("label of row 101 is 3, expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.withLabels(new int[] {-1, 0}))
        .withMessage("label of row 100 is -1, expected 0 to 2");
  }

  @Test
  void rejectsHashesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.withHashes(new String[3]))
        .withMessage("3 hashes for 2 rows");
  }
}
