package org.virusmnist.metrics;

/** exp(β z_c) / Σ exp(β z), shifted by the largest logit so that nothing overflows. */
final class Softmax {
  private Softmax() {}

  static double[] of(float[] logits, int from, int count, double beta) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < count; c++) {
      largest = Math.max(largest, logits[from + c]);
    }
    double[] weights = new double[count];
    double sum = 0;
    for (int c = 0; c < count; c++) {
      weights[c] = Math.exp(beta * (logits[from + c] - largest));
      sum += weights[c];
    }
    for (int c = 0; c < count; c++) {
      weights[c] /= sum;
    }
    return weights;
  }
}
