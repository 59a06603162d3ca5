package org.virusmnist.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores of a confusion matrix by class and averaged, as scikit-learn defines them.
 *
 * <p>Equal to {@code classification_report(y_true, y_pred, labels=range(C), zero_division=0)}: a
 * score whose denominator is zero is 0, and the macro average runs over all C classes, those that
 * never occur included.
 *
 * @param classes scores by class, class 0 first
 * @param macro plain mean over the classes
 * @param weighted mean over the classes weighted by support
 * @param accuracy share of rows predicted right ({@code accuracy_score})
 * @param balancedAccuracy mean recall over the classes that occur ({@code balanced_accuracy_score})
 * @param cohenKappa agreement beyond chance, −1 to 1 ({@code cohen_kappa_score}; Cohen 1960)
 * @param matthews multi-class correlation, −1 to 1 ({@code matthews_corrcoef}; Gorodkin 2004)
 */
public record ClassificationReport(
    List<ClassScore> classes,
    AverageScore macro,
    AverageScore weighted,
    double accuracy,
    double balancedAccuracy,
    double cohenKappa,
    double matthews) {
  /** Copies the list. */
  public ClassificationReport {
    classes = List.copyOf(classes);
  }

  /**
   * Returns the scores of a matrix.
   *
   * @param matrix counts, rows true, columns predicted; a matrix without rows scores 0 throughout
   */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    List<ClassScore> classes =
        IntStream.range(0, matrix.classCount()).mapToObj(c -> ClassScore.of(matrix, c)).toList();
    return new ClassificationReport(
        classes,
        AverageScore.of(classes, score -> 1),
        AverageScore.of(classes, ClassScore::support),
        matrix.accuracy(),
        AverageScore.of(classes, score -> score.support() > 0 ? 1 : 0).recall(),
        Agreement.cohenKappa(matrix),
        Agreement.matthews(matrix));
  }
}
