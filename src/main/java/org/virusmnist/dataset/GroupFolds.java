package org.virusmnist.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows in k parts that keep groups whole and, as far as that allows, the shares of the classes
 * equal. Immutable.
 *
 * <p>The method of scikit-learn's {@code StratifiedGroupKFold}: groups whose classes are most
 * uneven come first, and each goes where the class shares of the parts then differ least; among
 * equals, where the fewest rows are. Before that, groups are shuffled, so that ties fall by the
 * seed.
 */
public final class GroupFolds {
  private final int[] foldOfRow;
  private final int count;

  private GroupFolds(int[] foldOfRow, int count) {
    this.foldOfRow = foldOfRow;
    this.count = count;
  }

  /**
   * Splits rows into folds.
   *
   * @param labels the class of each row, from 0
   * @param classCount how many classes there are
   * @param groups the group of each row
   * @param folds k, at least 2 and at most the number of groups
   * @param seed the same seed gives the same folds
   * @throws IllegalArgumentException if there are too few folds or groups, or a fold stays empty
   */
  public static GroupFolds of(int[] labels, int classCount, Groups groups, int folds, long seed) {
    return of(labels, classCount, groups, folds, RowOrder.shuffled(groups.count(), seed, 0));
  }

  /** Splits rows into folds; {@code order} has the groups in the order that breaks ties. */
  static GroupFolds of(int[] labels, int classCount, Groups groups, int folds, int[] order) {
    if (groups.count() < 2) {
      throw new IllegalArgumentException(
          "there is one group only, expected 2 or more; name another --group-column");
    }
    if (folds < 2 || folds > groups.count()) {
      throw new IllegalArgumentException(
          "folds is %d, expected 2 to %d, the number of groups".formatted(folds, groups.count()));
    }
    if (groups.count() == labels.length) {
      return new GroupFolds(dealt(labels, classCount, groups, folds, order), folds);
    }
    int[][] counts = new int[groups.count()][classCount];
    for (int row = 0; row < labels.length; row++) {
      counts[groups.of(row)][labels[row]]++;
    }
    int[] foldOfGroup = new Assignment(counts, folds).assign(order);
    int[] foldOfRow =
        IntStream.range(0, labels.length).map(r -> foldOfGroup[groups.of(r)]).toArray();
    return new GroupFolds(foldOfRow, folds);
  }

  /** Deals out the rows of each class in turn: groups of one row need no search. */
  private static int[] dealt(int[] labels, int classCount, Groups groups, int folds, int[] order) {
    int[] rowOfGroup = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      rowOfGroup[groups.of(row)] = row;
    }
    int[] foldOfRow = new int[labels.length];
    int dealt = 0;
    for (int c = 0; c < classCount; c++) {
      for (int group : order) {
        if (labels[rowOfGroup[group]] == c) {
          foldOfRow[rowOfGroup[group]] = dealt++ % folds;
        }
      }
    }
    return foldOfRow;
  }

  /**
   * Takes about a share of the rows out for validation, groups whole: of {@code round(1 / share)}
   * folds one, or where that is no part near to the share some of several, 2 of 5 for 0.4. Of all
   * choices of so many folds it is the one whose size is nearest to the share.
   *
   * <p>Groups may be larger than the share. The first fold has the most uneven one, often the
   * largest; taking that would keep it from training however small the share is.
   *
   * @param labels the class of each row, from 0
   * @param classCount how many classes there are
   * @param groups the group of each row
   * @param share share of the rows to validate on, above 0 and at most a half
   * @param seed the same seed gives the same split
   * @throws IllegalArgumentException if the share is out of range or there are too few groups
   */
  public static Split split(int[] labels, int classCount, Groups groups, double share, long seed) {
    if (!(share > 0 && share <= 0.5)) {
      throw new IllegalArgumentException(
          "the fraction is " + share + ", expected more than 0 and at most 0.5 with groups");
    }
    int count = Math.min(groups.count(), folds(share));
    GroupFolds parts = of(labels, classCount, groups, count, seed);
    int taken = Math.max(1, Math.min(count - 1, (int) Math.round(share * count)));
    Set<Integer> chosen = parts.nearestTo(share * labels.length, taken);
    return new Split(
        parts.rows(fold -> !chosen.contains(fold)), parts.rows(fold -> chosen.contains(fold)));
  }

  /** Returns the fewest folds of which some are within a twentieth of a share. */
  private static int folds(double share) {
    int usual = (int) Math.min(Integer.MAX_VALUE, Math.round(1 / share));
    int folds = isNear(1.0 / usual, share) ? usual : 2;
    while (!isNear(Math.round(share * folds) / (double) folds, share)) {
      folds++;
    }
    return folds;
  }

  private static boolean isNear(double part, double share) {
    return Math.abs(part - share) <= 0.05 * share;
  }

  /** Returns the so many folds whose number of rows is nearest to some number. */
  private Set<Integer> nearestTo(double rows, int taken) {
    int[] sizes = new int[count];
    Arrays.stream(foldOfRow).forEach(fold -> sizes[fold]++);
    Choice best = new Choice(Set.of(), 0);
    for (Choice choice : choices(sizes, taken)) {
      if (best.folds.isEmpty() || Math.abs(choice.rows - rows) < Math.abs(best.rows - rows)) {
        best = choice;
      }
    }
    return best.folds;
  }

  private record Choice(Set<Integer> folds, int rows) {
    Choice with(int fold, int size) {
      Set<Integer> more = new HashSet<>(folds);
      more.add(fold);
      return new Choice(more, rows + size);
    }
  }

  /** Returns all choices of so many folds. */
  private static List<Choice> choices(int[] sizes, int taken) {
    List<Choice> choices = List.of(new Choice(Set.of(), 0));
    for (int i = 0; i < taken; i++) {
      List<Choice> larger = new ArrayList<>();
      for (Choice choice : choices) {
        int first = choice.folds.stream().mapToInt(fold -> fold + 1).max().orElse(0);
        for (int fold = first; fold < sizes.length; fold++) {
          larger.add(choice.with(fold, sizes[fold]));
        }
      }
      choices = larger;
    }
    return choices;
  }

  /** Returns k. */
  public int count() {
    return count;
  }

  /**
   * Returns the rows of a fold.
   *
   * @param fold the fold, from 0
   * @return ascending row numbers
   */
  public int[] inside(int fold) {
    return rows(one -> one == fold);
  }

  /**
   * Returns the rows of all other folds.
   *
   * @param fold the fold, from 0
   * @return ascending row numbers
   */
  public int[] outside(int fold) {
    return rows(one -> one != fold);
  }

  private int[] rows(IntPredicate isTaken) {
    return IntStream.range(0, foldOfRow.length).filter(r -> isTaken.test(foldOfRow[r])).toArray();
  }

  /** The greedy assignment of groups to folds. */
  private static final class Assignment {
    private final int[][] groupCounts;
    private final int[] classTotals;
    private final int[][] foldCounts;
    private final int[] foldRows;

    Assignment(int[][] groupCounts, int folds) {
      this.groupCounts = groupCounts;
      this.foldCounts = new int[folds][groupCounts[0].length];
      this.foldRows = new int[folds];
      this.classTotals = new int[groupCounts[0].length];
      for (int[] counts : groupCounts) {
        Arrays.setAll(classTotals, c -> classTotals[c] + counts[c]);
      }
    }

    int[] assign(int[] order) {
      int[] foldOfGroup = new int[groupCounts.length];
      Arrays.stream(order)
          .boxed()
          .sorted(Comparator.comparingDouble(g -> -deviation(groupCounts[g])))
          .forEach(group -> foldOfGroup[group] = place(groupCounts[group]));
      for (int fold = 0; fold < foldRows.length; fold++) {
        if (foldRows[fold] == 0) {
          throw new IllegalArgumentException(
              "fold %d of %d stays empty, expected groups for all; take fewer folds"
                  .formatted(fold + 1, foldRows.length));
        }
      }
      return foldOfGroup;
    }

    private int place(int[] counts) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int fold = 0; fold < foldRows.length; fold++) {
        double unevenness = unevennessWith(fold, counts);
        boolean isEqual = Math.abs(unevenness - least) <= 1e-8 + 1e-5 * Math.abs(least);
        if (unevenness < least || (isEqual && foldRows[fold] < foldRows[best])) {
          best = fold;
          least = unevenness;
        }
      }
      for (int c = 0; c < counts.length; c++) {
        foldCounts[best][c] += counts[c];
        foldRows[best] += counts[c];
      }
      return best;
    }

    /** Mean over the classes of the deviation of the folds' shares, had a fold some rows more. */
    private double unevennessWith(int fold, int[] counts) {
      double sum = 0;
      double[] shares = new double[foldRows.length];
      for (int c = 0; c < counts.length; c++) {
        for (int f = 0; f < shares.length; f++) {
          int rows = foldCounts[f][c] + (f == fold ? counts[c] : 0);
          shares[f] = classTotals[c] == 0 ? 0 : (double) rows / classTotals[c];
        }
        sum += deviation(shares);
      }
      return sum / counts.length;
    }

    private static double deviation(int[] values) {
      return deviation(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static double deviation(double[] values) {
      double mean = Arrays.stream(values).average().orElse(0);
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / values.length);
    }
  }
}
