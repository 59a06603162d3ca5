package org.virusmnist.baseline;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
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
  public float[] predict(
      ImageSet train, ImageSet test, int classCount, long seed, BaselineProgress progress) {
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            Integer.MAX_VALUE,
            AbstractCARTTrainer.MIN_EXAMPLES,
            0,
            SHARE_OF_FEATURES,
            false,
            new GiniIndex(),
            seed);
    return Fitted.predict(
        new CountedTrees(tree, seed, progress),
        Inputs.HISTOGRAM,
        train,
        test,
        classCount,
        progress);
  }

  /** A forest that says how many of its trees have grown. */
  private static final class CountedTrees extends RandomForestTrainer<Label> {
    private final BaselineProgress progress;
    private int grown;

    CountedTrees(CARTClassificationTrainer tree, long seed, BaselineProgress progress) {
      super(tree, new VotingCombiner(), TREES, seed);
      this.progress = progress;
    }

    @Override
    protected Model<Label> trainSingleModel(
        Dataset<Label> examples,
        ImmutableFeatureMap features,
        ImmutableOutputInfo<Label> labels,
        int treeSeed,
        Map<String, Provenance> provenance,
        int invocation) {
      Model<Label> tree =
          super.trainSingleModel(examples, features, labels, treeSeed, provenance, invocation);
      progress.advanced(BaselineProgress.Phase.FITTING, ++grown, TREES);
      return tree;
    }
  }
}
