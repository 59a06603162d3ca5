package org.virusmnist.report;

import org.virusmnist.metrics.Evaluation;

/**
 * What a classifier without a network is worth.
 *
 * @param model its name
 * @param accuracy share of rows predicted right
 * @param macroF1 plain mean of the F1 of all classes
 * @param balancedAccuracy mean recall of the classes that occur
 * @param top3Accuracy share of rows whose label is among the three most probable classes
 * @param seconds time to fit and predict
 */
public record BaselineScore(
    String model,
    double accuracy,
    double macroF1,
    double balancedAccuracy,
    double top3Accuracy,
    double seconds) {

  /** Returns the scores of an evaluation. */
  public static BaselineScore of(String model, Evaluation evaluation, double seconds) {
    return new BaselineScore(
        model,
        evaluation.accuracy(),
        evaluation.macroF1(),
        evaluation.report().balancedAccuracy(),
        evaluation.top3Accuracy(),
        seconds);
  }
}
