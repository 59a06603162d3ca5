package org.virusmnist.baseline;

import java.util.List;
import org.virusmnist.dataset.ImageSet;

/** A classifier that is fitted to some rows and asked about others. */
public interface Baseline {
  /**
   * Returns what it is and what it sees.
   *
   * @return a name for tables, for instance {@code random forest, histogram}
   */
  String name();

  /**
   * Fits to some rows and predicts others.
   *
   * @param train rows with labels
   * @param test rows to predict; labels are not looked at
   * @param classCount C
   * @param seed seeds whatever is random in it
   * @param progress is told how far it is
   * @return the probability of each class, row by row [N·C]
   */
  float[] predict(
      ImageSet train, ImageSet test, int classCount, long seed, BaselineProgress progress);

  /** Returns all of them, the cheapest first. */
  static List<Baseline> all() {
    return List.of(
        new Majority(), new NearestNeighbour(), new LogisticRegression(), new RandomForest());
  }
}
