package org.virusmnist.metrics;

/**
 * Agreement of true and predicted classes beyond chance.
 *
 * <p>With n rows of which c are right, t_k rows of class k and p_k rows predicted k.
 */
final class Agreement {
  private Agreement() {}

  /**
   * Cohen's kappa (Cohen 1960; scikit-learn's {@code cohen_kappa_score}): (p_o − p_e) / (1 − p_e)
   * with p_o = c/n and p_e = Σ t_k p_k / n². 0 where scikit-learn gives NaN: chance explains all.
   */
  static double cohenKappa(ConfusionMatrix matrix) {
    double total = matrix.total();
    double chance = product(matrix);
    return Ratio.of(matrix.correct() * total - chance, total * total - chance);
  }

  /**
   * Matthews correlation for C classes (Gorodkin 2004; scikit-learn's {@code matthews_corrcoef}):
   * (c n − Σ t_k p_k) / √((n² − Σ p_k²)(n² − Σ t_k²)), 0 where the denominator is 0.
   */
  static double matthews(ConfusionMatrix matrix) {
    double total = matrix.total();
    double ofPredicted = total * total;
    double ofTrue = total * total;
    for (int c = 0; c < matrix.classCount(); c++) {
      double predicted = matrix.predictedCount(c);
      double support = matrix.support(c);
      ofPredicted -= predicted * predicted;
      ofTrue -= support * support;
    }
    return Ratio.of(matrix.correct() * total - product(matrix), Math.sqrt(ofPredicted * ofTrue));
  }

  private static double product(ConfusionMatrix matrix) {
    double sum = 0;
    for (int c = 0; c < matrix.classCount(); c++) {
      sum += (double) matrix.support(c) * matrix.predictedCount(c);
    }
    return sum;
  }
}
