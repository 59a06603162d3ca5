package org.virusmnist.dataset;

import java.util.Arrays;

/** How much each class weighs in the loss. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Returns the weights with which every class that occurs adds the same to the loss, as
   * scikit-learn's {@code class_weight="balanced"}: rows / (classes that occur × rows of the
   * class).
   *
   * @param labels class of each row
   * @param classCount number of classes, C
   * @return weight of each class [C], 1 for a class without rows
   */
  public static float[] balanced(int[] labels, int classCount) {
    int[] rows = new int[classCount];
    for (int label : labels) {
      rows[label]++;
    }
    long present = Arrays.stream(rows).filter(count -> count > 0).count();
    float[] weights = new float[classCount];
    for (int i = 0; i < classCount; i++) {
      weights[i] = rows[i] == 0 ? 1 : (float) labels.length / (present * rows[i]);
    }
    return weights;
  }
}
