package org.virusmnist.report;

import java.util.List;
import org.virusmnist.metrics.ConfusionMatrix;

/**
 * A confusion matrix and the names of its classes.
 *
 * @param matrix counts, rows true, columns predicted
 * @param classNames one name per class, class 0 first
 */
public record NamedConfusionMatrix(ConfusionMatrix matrix, List<String> classNames) {
  /**
   * Copies the list and checks its length.
   *
   * @throws IllegalArgumentException if there is not one name per class
   */
  public NamedConfusionMatrix {
    classNames = List.copyOf(classNames);
    if (classNames.size() != matrix.classCount()) {
      throw new IllegalArgumentException(
          classNames.size() + " class names for " + matrix.classCount() + " classes");
    }
  }
}
