package org.virusmnist.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Two questions in a row: is it malicious, and if so, of which class.
 *
 * <p>The first is answered by the sum of the probabilities of all classes but the benign one, those
 * of a row adding up to 1 ({@link PredictionBatch#normalized}), the second by the most probable of
 * those, for the rows that truly are malicious.
 *
 * @param benignClass the class that is not malicious
 * @param benign rows of that class
 * @param malicious rows of all others
 * @param falseAlarms benign rows whose malicious classes have more than half of the probability
 * @param missed malicious rows whose malicious classes have at most half of it
 * @param rocAuc area under the receiver operating characteristic of that sum: the chance that a
 *     malicious row has a larger one than a benign row (ties count half); NaN without rows of both
 * @param familyAccuracy share of the malicious rows whose class was found
 * @param familyMacroF1 plain mean of the F1 of the malicious classes, counted over malicious rows
 */
public record TwoStage(
    int benignClass,
    long benign,
    long malicious,
    long falseAlarms,
    long missed,
    double rocAuc,
    double familyAccuracy,
    double familyMacroF1) {

  /**
   * Reads predictions in two stages.
   *
   * @param batches predictions with labels
   * @param classCount C, at least 3
   * @param benignClass the class that is not malicious, from 0 to C − 1
   * @throws IllegalArgumentException if there is no such class
   */
  public static TwoStage of(List<PredictionBatch> batches, int classCount, int benignClass) {
    if (benignClass < 0 || benignClass >= classCount) {
      throw new IllegalArgumentException(
          "benign class is %d, expected 0 to %d".formatted(benignClass, classCount - 1));
    }
    Counter counter = new Counter(classCount, benignClass);
    batches.forEach(counter::add);
    return counter.result();
  }

  /** Share of all rows whose first question was answered right. */
  public double detectionAccuracy() {
    return Ratio.of(benign + malicious - falseAlarms - missed, benign + malicious);
  }

  /** Share of the malicious rows that were recognised as such. */
  public double detectionRate() {
    return Ratio.of(malicious - missed, malicious);
  }

  /** Share of the benign rows that were taken for malicious. */
  public double falsePositiveRate() {
    return Ratio.of(falseAlarms, benign);
  }

  /** Share of the alarms that were right. */
  public double detectionPrecision() {
    return Ratio.of(malicious - missed, malicious - missed + falseAlarms);
  }

  private static final class Counter {
    private final int benignClass;
    private final int classCount;
    private final ConfusionMatrix.Counter families;
    private double[] scores = new double[1024];
    private boolean[] isMalicious = new boolean[1024];
    private int rows;

    Counter(int classCount, int benignClass) {
      this.classCount = classCount;
      this.benignClass = benignClass;
      this.families = new ConfusionMatrix.Counter(classCount);
    }

    void add(PredictionBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        if (rows == scores.length) {
          scores = Arrays.copyOf(scores, 2 * rows);
          isMalicious = Arrays.copyOf(isMalicious, 2 * rows);
        }
        double score = 0;
        int family = benignClass == 0 ? 1 : 0;
        for (int c = 0; c < classCount; c++) {
          if (c != benignClass) {
            score += batch.normalized(i, c);
            family = batch.probability(i, c) > batch.probability(i, family) ? c : family;
          }
        }
        scores[rows] = score;
        isMalicious[rows] = batch.label(i) != benignClass;
        if (isMalicious[rows]) {
          families.add(batch.label(i), family);
        }
        rows++;
      }
    }

    TwoStage result() {
      long malicious = count(row -> isMalicious[row]);
      ConfusionMatrix matrix = families.matrix();
      double f1 =
          IntStream.range(0, classCount)
              .filter(c -> c != benignClass)
              .mapToDouble(c -> ClassScore.of(matrix, c).f1())
              .average()
              .orElse(0);
      return new TwoStage(
          benignClass,
          rows - malicious,
          malicious,
          count(row -> !isMalicious[row] && scores[row] > 0.5),
          count(row -> isMalicious[row] && scores[row] <= 0.5),
          rocAuc(rows - malicious, malicious),
          matrix.accuracy(),
          f1);
    }

    private long count(IntPredicate rule) {
      return IntStream.range(0, rows).filter(rule).count();
    }

    /** The rank sum of Mann and Whitney 1947, equal scores sharing their mean rank. */
    private double rocAuc(long benign, long malicious) {
      Integer[] order = IntStream.range(0, rows).boxed().toArray(Integer[]::new);
      Arrays.sort(order, Comparator.comparingDouble(row -> scores[row]));
      double rankSum = 0;
      int from = 0;
      while (from < rows) {
        int to = from;
        while (to < rows && scores[order[to]] == scores[order[from]]) {
          to++;
        }
        double meanRank = (from + 1 + to) / 2.0;
        for (int i = from; i < to; i++) {
          rankSum += isMalicious[order[i]] ? meanRank : 0;
        }
        from = to;
      }
      return benign == 0 || malicious == 0
          ? Double.NaN
          : (rankSum - malicious * (malicious + 1) / 2.0) / ((double) benign * malicious);
    }
  }
}
