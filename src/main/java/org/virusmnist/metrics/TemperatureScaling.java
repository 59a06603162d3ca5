package org.virusmnist.metrics;

/**
 * Calibration by one number: logits are divided by a temperature before the softmax (Guo et al.
 * 2017, section 4.2). The predicted class never changes.
 *
 * @param temperature divisor of the logits; above 1 makes probabilities more modest
 */
public record TemperatureScaling(double temperature) {
  /** Smallest and largest temperature that {@link #fit} gives. */
  private static final double LIMIT = 100;

  private static final int MAX_STEPS = 200;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public TemperatureScaling {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", expected more than 0");
    }
  }

  /**
   * Returns the temperature of the smallest negative log-likelihood, between 0.01 and 100.
   *
   * <p>The mean of ln Σ_c exp(β z_c) − β z_label is convex in β = 1 / temperature: its slope, the
   * mean of E[z] − z_label, rises with the variance of z. Newton's method finds the root, bisection
   * steps in where it would leave the bracket. Logarithms of probabilities serve as logits, since
   * the softmax ignores what is common to a row.
   *
   * @param logits [N·C], row by row, finite
   * @param labels [N], each from 0 to C − 1
   * @param classCount C
   * @throws IllegalArgumentException if there are no rows, the lengths disagree, a label is out of
   *     range, or a logit is not finite
   */
  public static TemperatureScaling fit(float[] logits, int[] labels, int classCount) {
    Slope slope = new Slope(logits, labels, classCount);
    double low = 1 / LIMIT;
    double high = LIMIT;
    if (slope.at(low).first() >= 0) {
      return new TemperatureScaling(LIMIT);
    }
    if (slope.at(high).first() <= 0) {
      return new TemperatureScaling(1 / LIMIT);
    }
    double beta = 1;
    for (int i = 0; i < MAX_STEPS; i++) {
      Slope.Derivatives at = slope.at(beta);
      low = at.first() < 0 ? beta : low;
      high = at.first() < 0 ? high : beta;
      double next = beta - at.first() / at.second();
      next = next > low && next < high ? next : (low + high) / 2;
      if (Math.abs(next - beta) <= 1e-14 * beta) {
        break;
      }
      beta = next;
    }
    return new TemperatureScaling(1 / beta);
  }

  /**
   * Fits the temperature to probabilities instead of logits.
   *
   * @param probabilities [N·C], row by row; a row need not add up to 1
   * @param labels [N], each from 0 to C − 1
   * @param classCount C
   * @throws IllegalArgumentException as {@link #fit}
   */
  public static TemperatureScaling fitProbabilities(
      float[] probabilities, int[] labels, int classCount) {
    return fit(logits(probabilities), labels, classCount);
  }

  /**
   * Returns this scaling, or that of temperature 1 where this one makes probabilities surer.
   *
   * <p>Temperature scaling takes for granted that the rows it is fitted on are new to the model
   * (Guo et al. 2017, section 4: a hold-out set of the same distribution as the test set). Files of
   * one program look alike; where some of them are among the training rows, the model is right more
   * often on the others than it will be on new files, and the fit takes it for too modest. A
   * temperature above 1 stays: such a model is too sure even of rows that are easy for it.
   */
  public TemperatureScaling withoutSharpening() {
    return temperature < 1 ? new TemperatureScaling(1) : this;
  }

  /**
   * Returns calibrated probabilities for probabilities: p^(1/T) / Σ p^(1/T) of each row.
   *
   * @param probabilities [N·C], row by row
   * @param classCount C
   * @return [N·C], row by row; each row adds up to 1
   * @throws IllegalArgumentException if the array is no multiple of C
   */
  public float[] calibrate(float[] probabilities, int classCount) {
    return probabilities(logits(probabilities), classCount);
  }

  /** Logarithms serve as logits; a probability too small for a float is the smallest normal one. */
  private static float[] logits(float[] probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(Math.max(probabilities[i], Float.MIN_NORMAL));
    }
    return logits;
  }

  /**
   * Returns softmax(logits / temperature).
   *
   * @param logits [N·C], row by row
   * @param classCount C
   * @return [N·C] probabilities, row by row
   * @throws IllegalArgumentException if the array is no multiple of C
   */
  public float[] probabilities(float[] logits, int classCount) {
    if (classCount < 1 || logits.length % classCount != 0) {
      throw new IllegalArgumentException(
          logits.length + " logits cannot be rows of " + classCount + " classes");
    }
    float[] probabilities = new float[logits.length];
    for (int from = 0; from < logits.length; from += classCount) {
      double[] row = Softmax.of(logits, from, classCount, 1 / temperature);
      for (int c = 0; c < classCount; c++) {
        probabilities[from + c] = (float) row[c];
      }
    }
    return probabilities;
  }
}
