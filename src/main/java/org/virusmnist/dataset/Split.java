package org.virusmnist.dataset;

import java.util.Arrays;

/**
 * Row numbers of a data set in two parts: disjoint, complete, each ascending and not empty.
 *
 * <p>The validation part has {@code ceil(rows × fraction)} rows, as scikit-learn's {@code
 * train_test_split} takes; the rows themselves differ from scikit-learn's for the same seed.
 * Immutable.
 */
public final class Split {
  private final int[] train;
  private final int[] validation;

  /**
   * Creates a split from its parts.
   *
   * @param train rows to train on, at least one; copied
   * @param validation rows to validate on, at least one; copied
   * @throws IllegalArgumentException if a part is empty
   */
  public Split(int[] train, int[] validation) {
    if (train.length == 0 || validation.length == 0) {
      throw new IllegalArgumentException(
          "split leaves "
              + train.length
              + " rows to train and "
              + validation.length
              + " to validate, expected at least 1 of each");
    }
    this.train = train.clone();
    this.validation = validation.clone();
  }

  /**
   * Splits at random.
   *
   * @param rows how many rows, at least 2
   * @param validationFraction share of the rows to validate on, above 0 and below 1
   * @param seed the same seed gives the same split
   * @return the two parts
   * @throws IllegalArgumentException if a part would be empty
   */
  public static Split random(int rows, double validationFraction, long seed) {
    int validationRows = validationRows(rows, validationFraction);
    int[] order = RowOrder.shuffled(rows, seed, 0);
    boolean[] chosen = new boolean[rows];
    for (int i = 0; i < validationRows; i++) {
      chosen[order[i]] = true;
    }
    return of(chosen, validationRows);
  }

  /**
   * Splits at random within each class, so that both parts have the classes in equal shares.
   *
   * <p>Each class gives its share rounded down; the rows still missing come from the classes with
   * the largest remainders, the lower class first. A class of one row is in one part only.
   *
   * @param labels the class of each row, from 0
   * @param classCount how many classes there are
   * @param validationFraction share of the rows to validate on, above 0 and below 1
   * @param seed the same seed gives the same split
   * @return the two parts
   * @throws IllegalArgumentException if a part would be empty or a label is not a class
   */
  public static Split stratified(
      int[] labels, int classCount, double validationFraction, long seed) {
    int validationRows = validationRows(labels.length, validationFraction);
    int[] open = quotas(counts(labels, classCount), validationFraction, validationRows);
    boolean[] chosen = new boolean[labels.length];
    for (int row : RowOrder.shuffled(labels.length, seed, 0)) {
      if (open[labels[row]] > 0) {
        open[labels[row]]--;
        chosen[row] = true;
      }
    }
    return of(chosen, validationRows);
  }

  /**
   * Returns the rows to train on.
   *
   * @return ascending row numbers, owned by the caller
   */
  public int[] train() {
    return train.clone();
  }

  /**
   * Returns the rows to validate on.
   *
   * @return ascending row numbers, owned by the caller
   */
  public int[] validation() {
    return validation.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Split split
        && Arrays.equals(train, split.train)
        && Arrays.equals(validation, split.validation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(train) + Arrays.hashCode(validation);
  }

  @Override
  public String toString() {
    return "Split[" + train.length + " to train, " + validation.length + " to validate]";
  }

  private static int validationRows(int rows, double fraction) {
    double wanted = Math.ceil(rows * fraction);
    if (!(fraction > 0 && fraction < 1) || wanted >= rows) {
      throw new IllegalArgumentException(
          "cannot split "
              + rows
              + " rows by "
              + fraction
              + ": the fraction must be above 0, below 1 and leave a row to train on");
    }
    return (int) wanted;
  }

  private static int[] counts(int[] labels, int classCount) {
    int[] counts = new int[classCount];
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classCount) {
        throw new IllegalArgumentException(
            "label of row " + row + " is " + labels[row] + ", expected 0 to " + (classCount - 1));
      }
      counts[labels[row]]++;
    }
    return counts;
  }

  /** Validation rows of each class: the largest remainder method. */
  private static int[] quotas(int[] counts, double fraction, int validationRows) {
    int[] quotas = new int[counts.length];
    int missing = validationRows;
    for (int k = 0; k < counts.length; k++) {
      quotas[k] = (int) (counts[k] * fraction);
      missing -= quotas[k];
    }
    while (missing-- > 0) {
      quotas[largestRemainder(counts, quotas, fraction)]++;
    }
    return quotas;
  }

  private static int largestRemainder(int[] counts, int[] quotas, double fraction) {
    int best = 0;
    for (int k = 1; k < counts.length; k++) {
      if (counts[k] * fraction - quotas[k] > counts[best] * fraction - quotas[best]) {
        best = k;
      }
    }
    return best;
  }

  private static Split of(boolean[] chosen, int validationRows) {
    int[] train = new int[chosen.length - validationRows];
    int[] validation = new int[validationRows];
    int trained = 0;
    int validated = 0;
    for (int row = 0; row < chosen.length; row++) {
      if (chosen[row]) {
        validation[validated++] = row;
      } else {
        train[trained++] = row;
      }
    }
    return new Split(train, validation);
  }
}
