package org.virusmnist.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Evaluation;

/**
 * What {@code evaluation.json} holds.
 *
 * @param classNames one name per class, class 0 first
 * @param evaluation scores on the test rows
 * @param train scores on the training rows, or null where there are none
 */
public record EvaluationResult(
    List<String> classNames, Evaluation evaluation, @Nullable TrainScore train) {
  /**
   * Copies the list and checks its length.
   *
   * @throws IllegalArgumentException if there is not one name per class
   */
  public EvaluationResult {
    classNames = new NamedConfusionMatrix(evaluation.matrix(), classNames).classNames();
  }

  /** Returns the confusion matrix with the class names. */
  public NamedConfusionMatrix namedMatrix() {
    return new NamedConfusionMatrix(evaluation.matrix(), classNames);
  }
}
