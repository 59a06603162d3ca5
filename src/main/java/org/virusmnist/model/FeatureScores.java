package org.virusmnist.model;

import java.util.Arrays;
import org.virusmnist.metrics.BatchScores;

/** Scores rows of features some at a time, so that it takes bounded memory. */
public final class FeatureScores {
  /** Most rows of a call: 168 MB of the notebook's 1,280 features. */
  public static final int MOST_ROWS = 32_768;

  private FeatureScores() {}

  /**
   * Scores chosen rows, {@link #MOST_ROWS} in a call.
   *
   * @param model an open model
   * @param features features of any number of images
   * @param rows row numbers [N]
   * @param labels true class of each chosen row [N]
   * @return loss and probabilities of each chosen row
   */
  public static BatchScores of(
      ClassifierModel model, FeatureRows features, int[] rows, int[] labels) {
    BatchScores.Joined all = new BatchScores.Joined(rows.length, model.shape().classCount());
    for (int from = 0; from < rows.length; from += MOST_ROWS) {
      int to = Math.min(rows.length, from + MOST_ROWS);
      try (Features part = features.select(Arrays.copyOfRange(rows, from, to))) {
        all.put(model.evaluate(part, Arrays.copyOfRange(labels, from, to)));
      }
    }
    return all.scores();
  }
}
