package org.virusmnist.metrics;

import java.util.stream.IntStream;

/**
 * Scores over the classes that occur among true or predicted labels, as scikit-learn averages
 * without {@code labels}.
 *
 * <p>For parts of a data set, such as folds and resamples: a class of which a part has no rows says
 * nothing of the model, while {@link ClassificationReport} counts it as found in none.
 */
public final class PresentClasses {
  private PresentClasses() {}

  /**
   * Returns how many classes have a row, true or predicted.
   *
   * @param matrix counts, rows true, columns predicted
   */
  public static int count(ConfusionMatrix matrix) {
    return (int) of(matrix).count();
  }

  /**
   * Returns the plain mean of the F1 of those classes: {@code f1_score(y_true, y_pred,
   * average="macro", zero_division=0)}.
   *
   * @param matrix counts, rows true, columns predicted; one without rows scores 0
   */
  public static double macroF1(ConfusionMatrix matrix) {
    return of(matrix).mapToDouble(c -> ClassScore.of(matrix, c).f1()).average().orElse(0);
  }

  private static IntStream of(ConfusionMatrix matrix) {
    return IntStream.range(0, matrix.classCount())
        .filter(c -> matrix.support(c) + matrix.predictedCount(c) > 0);
  }
}
