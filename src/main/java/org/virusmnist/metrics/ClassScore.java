package org.virusmnist.metrics;

/**
 * How well one class was found. Every score is from 0 to 1.
 *
 * @param label the class
 * @param precision rows of the class among the rows predicted so: tp / (tp + fp)
 * @param recall rows predicted so among the rows of the class: tp / (tp + fn)
 * @param f1 2·tp / (2·tp + fp + fn)
 * @param support number of rows of the class
 */
public record ClassScore(int label, double precision, double recall, double f1, long support) {
  static ClassScore of(ConfusionMatrix matrix, int label) {
    long truePositives = matrix.count(label, label);
    long predicted = matrix.predictedCount(label);
    long support = matrix.support(label);
    return new ClassScore(
        label,
        Ratio.of(truePositives, predicted),
        Ratio.of(truePositives, support),
        Ratio.of(2 * truePositives, predicted + support),
        support);
  }
}
