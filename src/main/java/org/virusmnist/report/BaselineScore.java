package org.virusmnist.report;

import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.PresentClasses;

/**
 * What a classifier without a network is worth.
 *
 * @param model its name
 * @param accuracy share of rows predicted right
 * @param macroF1 plain mean of the F1 of all classes; of folds, of the classes that occur in each
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

  /**
   * Returns the scores of an evaluation.
   *
   * @param model its name
   * @param evaluation of all test rows
   * @param seconds time to fit and predict
   */
  public static BaselineScore of(String model, Evaluation evaluation, double seconds) {
    return new BaselineScore(
        model,
        evaluation.accuracy(),
        evaluation.macroF1(),
        evaluation.report().balancedAccuracy(),
        evaluation.top3Accuracy(),
        seconds);
  }

  /**
   * Returns the scores of the rows of a fold, which may lack a class: macro F1 is of the classes
   * that occur ({@link PresentClasses}).
   *
   * @param model its name
   * @param evaluation of the rows of the fold
   * @param seconds time to fit and predict
   */
  public static BaselineScore ofFold(String model, Evaluation evaluation, double seconds) {
    return new BaselineScore(
        model,
        evaluation.accuracy(),
        PresentClasses.macroF1(evaluation.matrix()),
        evaluation.report().balancedAccuracy(),
        evaluation.top3Accuracy(),
        seconds);
  }

  /**
   * Returns a cross-validated network's means over the folds and all of its seconds, as its
   * baselines have them in {@code baselines.csv}.
   *
   * @param model its name
   * @param crossValidation {@code cross_validation.json}; what it lacks is NaN
   */
  public static BaselineScore ofFolds(String model, JsonTree crossValidation) {
    return new BaselineScore(
        model,
        crossValidation.at("accuracy", "mean").number(),
        crossValidation.at("macro_f1", "mean").number(),
        crossValidation.at("balanced_accuracy", "mean").number(),
        crossValidation.at("top3_accuracy", "mean").number(),
        crossValidation.at("per_fold").list().stream()
            .mapToDouble(fold -> fold.at("seconds").number())
            .sum());
  }
}
