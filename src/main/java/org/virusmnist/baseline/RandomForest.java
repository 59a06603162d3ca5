package org.virusmnist.baseline;

import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.AbstractCARTTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.virusmnist.dataset.ImageSet;

/**
 * A random forest (Breiman 2001) on the histogram of byte values: trees of full depth, each on rows
 * drawn with replacement, the square root of the features tried at a split; the probability of a
 * class is its share of votes.
 */
final class RandomForest implements Baseline {
  private static final int TREES = 100;

  /** 16 of 256. */
  private static final float SHARE_OF_FEATURES = 1 / 16f;

  @Override
  public String name() {
    return "random forest, histogram";
  }

  @Override
  public float[] predict(ImageSet train, ImageSet test, int classCount, long seed) {
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            Integer.MAX_VALUE,
            AbstractCARTTrainer.MIN_EXAMPLES,
            0,
            SHARE_OF_FEATURES,
            false,
            new GiniIndex(),
            seed);
    RandomForestTrainer<Label> forest =
        new RandomForestTrainer<>(tree, new VotingCombiner(), TREES, seed);
    return Fitted.predict(forest, Inputs.HISTOGRAM, train, test, classCount);
  }
}
