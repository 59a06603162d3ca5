package org.virusmnist.metrics;

import java.util.function.ToDoubleFunction;

/**
 * Bootstrap over groups of rows (Field and Welsh 2007, "cluster bootstrap"): rows of a group are
 * right or wrong together, so groups are drawn and not rows.
 *
 * @param counts one confusion matrix for each group, all of one size
 * @param bootstrap how often and from which seed to draw
 */
public record GroupBootstrap(ConfusionMatrix[] counts, Bootstrap bootstrap) {
  /** Copies the array. */
  public GroupBootstrap {
    counts = counts.clone();
  }

  /**
   * Returns the 95 % percentile interval of a score.
   *
   * @param score of a confusion matrix
   */
  public Interval interval95(ToDoubleFunction<ConfusionMatrix> score) {
    return bootstrap.percentile95(counts.length, drawn -> score.applyAsDouble(sum(drawn)));
  }

  private ConfusionMatrix sum(int[] drawn) {
    int classCount = counts[0].classCount();
    long[][] sum = new long[classCount][classCount];
    for (int group : drawn) {
      for (int t = 0; t < classCount; t++) {
        for (int p = 0; p < classCount; p++) {
          sum[t][p] += counts[group].count(t, p);
        }
      }
    }
    return ConfusionMatrix.of(sum);
  }
}
