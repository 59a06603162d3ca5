package org.virusmnist.metrics;

import java.util.Comparator;

/**
 * A true class and the other class it was taken for.
 *
 * @param trueClass the label
 * @param predictedClass the prediction, another class
 * @param count rows of the true class that were predicted so
 * @param shareOfTrue these rows among all rows of the true class, from 0 to 1
 */
public record ConfusedPair(int trueClass, int predictedClass, long count, double shareOfTrue) {
  static final Comparator<ConfusedPair> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(ConfusedPair::count)
          .thenComparingDouble(ConfusedPair::shareOfTrue)
          .reversed()
          .thenComparingInt(ConfusedPair::trueClass)
          .thenComparingInt(ConfusedPair::predictedClass);
}
