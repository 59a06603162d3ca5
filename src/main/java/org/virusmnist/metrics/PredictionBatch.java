package org.virusmnist.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Class probabilities of some consecutive rows, with their labels and hashes where these are known.
 *
 * <p>N rows and C classes; the index {@code i} of a row runs from 0 to N − 1 within the batch.
 * Immutable: arrays are copied in and never handed out.
 */
public final class PredictionBatch {
  /** Smallest probability that a logarithm sees, as in Keras (backend epsilon). */
  public static final double EPSILON = 1e-7;

  /** How far rounding takes the sum of a softmax's floats from 1; such a row stays as it is. */
  private static final double ROUNDING = 1e-6;

  private final long firstRow;
  private final int classCount;
  private final float[] probabilities;
  private final int[] predicted;
  private final double[] totals;
  private final int @Nullable [] labels;
  private final @Nullable String @Nullable [] hashes;

  private PredictionBatch(
      PredictionBatch batch, int @Nullable [] labels, @Nullable String @Nullable [] hashes) {
    this.firstRow = batch.firstRow;
    this.classCount = batch.classCount;
    this.probabilities = batch.probabilities;
    this.predicted = batch.predicted;
    this.totals = batch.totals;
    this.labels = labels;
    this.hashes = hashes;
  }

  private PredictionBatch(long firstRow, int classCount, float[] probabilities) {
    this.firstRow = firstRow;
    this.classCount = classCount;
    this.probabilities = probabilities;
    this.predicted = argMax(probabilities, classCount);
    this.totals = totals(probabilities, classCount);
    this.labels = null;
    this.hashes = null;
  }

  /**
   * Returns a batch without labels and hashes.
   *
   * @param firstRow number of the first row in its file: data rows counted from 0
   * @param classCount C, at least 1
   * @param probabilities [N·C], row by row
   * @throws IllegalArgumentException if the array is no multiple of C, or a value is negative, NaN
   *     or infinite
   */
  public static PredictionBatch of(long firstRow, int classCount, float[] probabilities) {
    if (firstRow < 0) {
      throw new IllegalArgumentException("first row is " + firstRow + ", expected 0 or more");
    }
    if (classCount < 1 || probabilities.length % classCount != 0) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities cannot be rows of " + classCount + " classes");
    }
    for (int i = 0; i < probabilities.length; i++) {
      requireProbability(firstRow + i / classCount, i % classCount, probabilities[i]);
    }
    return new PredictionBatch(firstRow, classCount, probabilities.clone());
  }

  /**
   * Returns this batch with labels.
   *
   * @param trueLabels [N], each from 0 to C − 1
   * @throws IllegalArgumentException if the length is not N or a label is out of range
   */
  public PredictionBatch withLabels(int[] trueLabels) {
    requireLength("labels", trueLabels.length);
    for (int i = 0; i < trueLabels.length; i++) {
      if (trueLabels[i] < 0 || trueLabels[i] >= classCount) {
        throw new IllegalArgumentException(
            "label of row %d is %d, expected 0 to %d"
                .formatted(row(i), trueLabels[i], classCount - 1));
      }
    }
    return new PredictionBatch(this, trueLabels.clone(), hashes);
  }

  /**
   * Returns this batch with hashes.
   *
   * @param rowHashes [N]; null where a row has none
   * @throws IllegalArgumentException if the length is not N
   */
  public PredictionBatch withHashes(@Nullable String[] rowHashes) {
    requireLength("hashes", rowHashes.length);
    return new PredictionBatch(this, labels, rowHashes.clone());
  }

  /** N, the number of rows. */
  public int size() {
    return predicted.length;
  }

  /** C, the number of classes. */
  public int classCount() {
    return classCount;
  }

  /** Number of row {@code i} in its file, data rows counted from 0. */
  public long row(int i) {
    return firstRow + i;
  }

  /**
   * Probability that row {@code i} is of class {@code c}, as the model gives it. Those of a sigmoid
   * head do not add up to 1.
   */
  public float probability(int i, int c) {
    return probabilities[i * classCount + c];
  }

  /**
   * Probability that row {@code i} is of class {@code c}, divided by the sum of the row where that
   * is not 1 within rounding, as Keras's sparse categorical cross-entropy does with the outputs of
   * a sigmoid head. 0 for every class of a row of zeros.
   */
  public double normalized(int i, int c) {
    return Ratio.of(probability(i, c), totals[i]);
  }

  /** Most probable class of row {@code i}; the smallest wins a tie, as in numpy's argmax. */
  public int predicted(int i) {
    return predicted[i];
  }

  /** Probability of the predicted class of row {@code i}, as the model gives it. */
  public float confidence(int i) {
    return probability(i, predicted[i]);
  }

  /** Probability of the predicted class of row {@code i} as {@link #normalized}. */
  public double normalizedConfidence(int i) {
    return normalized(i, predicted[i]);
  }

  /** Whether the true labels are known. */
  public boolean hasLabels() {
    return labels != null;
  }

  /**
   * True class of row {@code i}.
   *
   * @throws IllegalStateException if the labels are not known
   */
  public int label(int i) {
    if (labels == null) {
      throw new IllegalStateException("row " + row(i) + " has no label");
    }
    return labels[i];
  }

  /** Hash of row {@code i}, or null if it has none. */
  public @Nullable String hash(int i) {
    return hashes == null ? null : hashes[i];
  }

  /** Whether the predicted class of row {@code i} is its label. */
  public boolean isCorrect(int i) {
    return predicted(i) == label(i);
  }

  /**
   * Number of classes ranked before the label of row {@code i}: 0 if the prediction is right.
   *
   * <p>Equal probabilities rank by class, smallest first, so that rank 0 and {@link #isCorrect}
   * agree. (scikit-learn's {@code top_k_accuracy_score} ranks ties the other way round.)
   */
  public int rankOfLabel(int i) {
    int label = label(i);
    float own = probability(i, label);
    int rank = 0;
    for (int c = 0; c < classCount; c++) {
      float other = probability(i, c);
      if (other > own || (other == own && c < label)) {
        rank++;
      }
    }
    return rank;
  }

  /**
   * Cross-entropy of row {@code i} in nats: −ln max(p, {@link #EPSILON}), p of the label as {@link
   * #normalized}.
   */
  public double crossEntropy(int i) {
    return -Math.log(Math.max(normalized(i, label(i)), EPSILON));
  }

  /**
   * Returns row {@code i} as a batch of its own: same row number, label and hash.
   *
   * @param i index of the row, from 0 to N − 1
   */
  public PredictionBatch single(int i) {
    int from = i * classCount;
    float[] own = Arrays.copyOfRange(probabilities, from, from + classCount);
    return new PredictionBatch(
        new PredictionBatch(row(i), classCount, own),
        labels == null ? null : new int[] {labels[i]},
        hashes == null ? null : new @Nullable String[] {hashes[i]});
  }

  /**
   * Returns the same rows under other numbers.
   *
   * @param newFirstRow number of the first row, 0 or more
   */
  public PredictionBatch renumbered(long newFirstRow) {
    PredictionBatch moved = new PredictionBatch(newFirstRow, classCount, probabilities);
    return new PredictionBatch(moved, labels, hashes);
  }

  private void requireLength(String name, int length) {
    if (length != size()) {
      throw new IllegalArgumentException(length + " " + name + " for " + size() + " rows");
    }
  }

  private static void requireProbability(long row, int c, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "probability of row " + row + ", class " + c + " is " + value + ", expected 0 to 1");
    }
  }

  private static double[] totals(float[] values, int classCount) {
    double[] totals = new double[values.length / classCount];
    for (int i = 0; i < values.length; i++) {
      totals[i / classCount] += values[i];
    }
    Arrays.setAll(totals, i -> Math.abs(totals[i] - 1) <= ROUNDING ? 1 : totals[i]);
    return totals;
  }

  private static int[] argMax(float[] values, int classCount) {
    int[] best = new int[values.length / classCount];
    Arrays.setAll(best, i -> argMax(values, i * classCount, classCount));
    return best;
  }

  private static int argMax(float[] values, int from, int count) {
    int best = 0;
    for (int c = 1; c < count; c++) {
      if (values[from + c] > values[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
