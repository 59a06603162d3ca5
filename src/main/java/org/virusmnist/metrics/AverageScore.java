package org.virusmnist.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 averaged over the classes. Every score is from 0 to 1.
 *
 * @param precision mean precision
 * @param recall mean recall
 * @param f1 mean F1, not the F1 of the mean precision and recall
 */
public record AverageScore(double precision, double recall, double f1) {
  static AverageScore of(List<ClassScore> classes, ToDoubleFunction<ClassScore> weight) {
    return new AverageScore(
        mean(classes, weight, ClassScore::precision),
        mean(classes, weight, ClassScore::recall),
        mean(classes, weight, ClassScore::f1));
  }

  private static double mean(
      List<ClassScore> classes,
      ToDoubleFunction<ClassScore> weight,
      ToDoubleFunction<ClassScore> score) {
    double sum = 0;
    double weights = 0;
    for (ClassScore of : classes) {
      sum += weight.applyAsDouble(of) * score.applyAsDouble(of);
      weights += weight.applyAsDouble(of);
    }
    return Ratio.of(sum, weights);
  }
}
