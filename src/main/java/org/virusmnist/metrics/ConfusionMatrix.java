package org.virusmnist.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of rows by true and predicted class: rows are true classes, columns are predicted classes.
 *
 * <p>{@code count(t, p)} is how often the true class {@code t} was predicted to be {@code p}, as in
 * scikit-learn's {@code confusion_matrix(y_true, y_pred, labels=range(C))}. The number of classes
 * is given, never inferred, so a class that does not occur keeps its row and column. Immutable;
 * {@link Counter} counts.
 */
public final class ConfusionMatrix {
  private final int classCount;
  private final long[] counts;

  private ConfusionMatrix(int classCount, long[] counts) {
    this.classCount = classCount;
    this.counts = counts;
  }

  /**
   * Returns a matrix of the given counts.
   *
   * @param counts [C][C], rows true, columns predicted
   * @throws IllegalArgumentException if the array is empty or not square, or a count is negative
   */
  public static ConfusionMatrix of(long[][] counts) {
    int classCount = counts.length;
    requireClasses(classCount);
    long[] flat = new long[classCount * classCount];
    for (int t = 0; t < classCount; t++) {
      if (counts[t].length != classCount) {
        throw new IllegalArgumentException(
            "row %d has %d columns, expected %d".formatted(t, counts[t].length, classCount));
      }
      for (int p = 0; p < classCount; p++) {
        requireCount(t, p, counts[t][p]);
        flat[t * classCount + p] = counts[t][p];
      }
    }
    return new ConfusionMatrix(classCount, flat);
  }

  /**
   * Returns the matrix of some rows.
   *
   * @param classCount C
   * @param labels [N] true classes
   * @param predicted [N] predicted classes
   * @throws IllegalArgumentException if the lengths differ or a class is not from 0 to C − 1
   */
  public static ConfusionMatrix of(int classCount, int[] labels, int[] predicted) {
    if (labels.length != predicted.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + predicted.length + " predictions");
    }
    Counter counter = new Counter(classCount);
    for (int i = 0; i < labels.length; i++) {
      counter.add(labels[i], predicted[i]);
    }
    return counter.matrix();
  }

  /**
   * Returns the sum of two matrices.
   *
   * @param other counts of other rows over the same classes
   * @throws IllegalArgumentException if the numbers of classes differ
   */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (other.classCount != classCount) {
      throw new IllegalArgumentException(
          "cannot add %d classes to %d classes".formatted(other.classCount, classCount));
    }
    long[] sum = counts.clone();
    Arrays.setAll(sum, i -> Math.addExact(sum[i], other.counts[i]));
    return new ConfusionMatrix(classCount, sum);
  }

  /** C, the number of classes. */
  public int classCount() {
    return classCount;
  }

  /** How many rows of class {@code trueClass} were predicted to be {@code predictedClass}. */
  public long count(int trueClass, int predictedClass) {
    requireClass("true class", trueClass, classCount);
    requireClass("predicted class", predictedClass, classCount);
    return counts[trueClass * classCount + predictedClass];
  }

  /** Number of rows of a true class: the sum of its matrix row. */
  public long support(int trueClass) {
    long sum = 0;
    for (int p = 0; p < classCount; p++) {
      sum += count(trueClass, p);
    }
    return sum;
  }

  /** Number of rows predicted to be of a class: the sum of its matrix column. */
  public long predictedCount(int predictedClass) {
    long sum = 0;
    for (int t = 0; t < classCount; t++) {
      sum += count(t, predictedClass);
    }
    return sum;
  }

  /** Number of all rows. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Number of rows whose predicted class is the true one. */
  public long correct() {
    long sum = 0;
    for (int c = 0; c < classCount; c++) {
      sum += count(c, c);
    }
    return sum;
  }

  /** Returns the share of rows predicted right, from 0 to 1; 0 without rows. */
  public double accuracy() {
    return Ratio.of(correct(), total());
  }

  /** Returns the share of the rows of a true class that were predicted to be another class. */
  public double shareOfTrue(int trueClass, int predictedClass) {
    return Ratio.of(count(trueClass, predictedClass), support(trueClass));
  }

  /**
   * Returns the off-diagonal cells that are not zero, the most frequent first; equal counts by
   * share of the true class (largest first), then by true and by predicted class.
   *
   * @param limit how many at most
   * @throws IllegalArgumentException if the limit is negative
   */
  public List<ConfusedPair> mostConfused(int limit) {
    List<ConfusedPair> pairs = new ArrayList<>();
    for (int t = 0; t < classCount; t++) {
      for (int p = 0; p < classCount; p++) {
        if (t != p && count(t, p) > 0) {
          pairs.add(new ConfusedPair(t, p, count(t, p), shareOfTrue(t, p)));
        }
      }
    }
    return pairs.stream().sorted(ConfusedPair.MOST_FREQUENT_FIRST).limit(limit).toList();
  }

  /** Returns what rows of one class were taken for, in the order of {@link #mostConfused}. */
  public List<ConfusedPair> confusedWith(int trueClass) {
    return mostConfused(Integer.MAX_VALUE).stream()
        .filter(pair -> pair.trueClass() == trueClass)
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfusionMatrix that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** Returns one line per true class: its counts by predicted class. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < classCount; t++) {
      long[] row = Arrays.copyOfRange(counts, t * classCount, (t + 1) * classCount);
      text.append(Arrays.toString(row)).append('\n');
    }
    return text.toString();
  }

  private static void requireClasses(int classCount) {
    if (classCount < 1) {
      throw new IllegalArgumentException("class count is " + classCount + ", expected 1 or more");
    }
  }

  private static void requireCount(int trueClass, int predictedClass, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "count of true class %d, predicted class %d is %d, expected 0 or more"
              .formatted(trueClass, predictedClass, count));
    }
  }

  private static void requireClass(String name, int value, int classCount) {
    if (value < 0 || value >= classCount) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected 0 to " + (classCount - 1));
    }
  }

  /** Counts rows into a matrix, one by one. For one thread. */
  public static final class Counter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int classCount;
    private final long[] counts;

    /**
     * Creates a counter at zero.
     *
     * @param classCount C, at least 1
     * @throws IllegalArgumentException if there is no class
     */
    public Counter(int classCount) {
      requireClasses(classCount);
      this.classCount = classCount;
      this.counts = new long[classCount * classCount];
    }

    /**
     * Counts one row.
     *
     * @throws IllegalArgumentException if a class is not from 0 to C − 1
     */
    public void add(int trueClass, int predictedClass) {
      requireClass("true class", trueClass, classCount);
      requireClass("predicted class", predictedClass, classCount);
      counts[trueClass * classCount + predictedClass]++;
    }

    /** Adds what another counter counted. */
    void add(Counter other) {
      Arrays.setAll(counts, i -> Math.addExact(counts[i], other.counts[i]));
    }

    /** Returns the counts so far. */
    public ConfusionMatrix matrix() {
      return new ConfusionMatrix(classCount, counts.clone());
    }
  }
}
