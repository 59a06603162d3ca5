package org.virusmnist.metrics;

/** Derivatives of the mean negative log-likelihood of scaled logits by the scale β. */
final class Slope {
  private final float[] logits;
  private final int[] labels;
  private final int classCount;

  Slope(float[] logits, int[] labels, int classCount) {
    if (labels.length == 0 || logits.length != labels.length * (long) classCount) {
      throw new IllegalArgumentException(
          "%d logits for %d labels and %d classes"
              .formatted(logits.length, labels.length, classCount));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classCount) {
        throw new IllegalArgumentException(
            "label %d is %d, expected 0 to %d".formatted(i, labels[i], classCount - 1));
      }
    }
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalArgumentException(
            "logit %d is %s, expected a finite number".formatted(i, logits[i]));
      }
    }
    this.logits = logits;
    this.labels = labels;
    this.classCount = classCount;
  }

  /** The first derivative is the mean of E[z] − z_label, the second the mean of Var[z]. */
  Derivatives at(double beta) {
    double first = 0;
    double second = 0;
    for (int i = 0; i < labels.length; i++) {
      int from = i * classCount;
      double[] weights = Softmax.of(logits, from, classCount, beta);
      double mean = 0;
      for (int c = 0; c < classCount; c++) {
        mean += weights[c] * logits[from + c];
      }
      for (int c = 0; c < classCount; c++) {
        second += weights[c] * Math.pow(logits[from + c] - mean, 2);
      }
      first += mean - logits[from + labels[i]];
    }
    return new Derivatives(first / labels.length, second / labels.length);
  }

  record Derivatives(double first, double second) {}
}
