package org.virusmnist.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Turns a model's probabilities into a name, or into the admission that it does not know.
 *
 * @param scaling calibrates the probabilities
 * @param unsureBelow calibrated probability of the predicted class below which there is no name, 0
 *     to 1
 * @param classNames names of the classes, class 0 first
 */
public record VerdictRule(TemperatureScaling scaling, double unsureBelow, List<String> classNames) {
  /** What is said instead of a name. */
  public static final String UNSURE = "unsure";

  /**
   * Default of {@code unsureBelow}: more than nine verdicts in ten are right, on files that are
   * like the validation rows.
   */
  public static final double DEFAULT_UNSURE_BELOW = 0.9;

  /**
   * Checks the threshold and copies the names.
   *
   * @throws IllegalArgumentException if the threshold is not from 0 to 1
   */
  public VerdictRule {
    if (!(unsureBelow >= 0 && unsureBelow <= 1)) {
      throw new IllegalArgumentException(
          "probability to be unsure below is " + unsureBelow + ", expected 0 to 1");
    }
    classNames = List.copyOf(classNames);
  }

  /**
   * What is said of a row.
   *
   * @param label the predicted class
   * @param probability its calibrated probability
   * @param text its name, or {@link #UNSURE}
   */
  public record Verdict(int label, float probability, String text) {
    /** Whether there is no name. */
    public boolean isUnsure() {
      return text.equals(UNSURE);
    }
  }

  /**
   * Judges every row of a batch.
   *
   * @param batch predictions of N rows, their probabilities as the model gives them
   * @return N verdicts
   * @throws IllegalArgumentException if the batch has another number of classes than there are
   *     names
   */
  public List<Verdict> judge(PredictionBatch batch) {
    if (batch.classCount() != classNames.size()) {
      throw new IllegalArgumentException(
          batch.classCount() + " classes, expected " + classNames.size());
    }
    float[] calibrated = scaling.calibrate(probabilities(batch), batch.classCount());
    Verdict[] verdicts = new Verdict[batch.size()];
    Arrays.setAll(
        verdicts,
        i -> verdict(batch.predicted(i), calibrated[i * batch.classCount() + batch.predicted(i)]));
    return List.of(verdicts);
  }

  private Verdict verdict(int label, float probability) {
    boolean isSure = probability >= unsureBelow;
    return new Verdict(label, probability, isSure ? classNames.get(label) : UNSURE);
  }

  private static float[] probabilities(PredictionBatch batch) {
    float[] all = new float[batch.size() * batch.classCount()];
    for (int i = 0; i < all.length; i++) {
      all[i] = batch.probability(i / batch.classCount(), i % batch.classCount());
    }
    return all;
  }
}
