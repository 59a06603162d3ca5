package org.virusmnist.baseline;

import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;
import org.virusmnist.dataset.ImageSet;

/**
 * Multinomial logistic regression on the bytes, fitted by AdaGrad (Duchi, Hazan and Singer 2011).
 */
final class LogisticRegression implements Baseline {
  private static final int EPOCHS = 10;
  private static final double LEARNING_RATE = 0.1;

  @Override
  public String name() {
    return "logistic regression, pixels";
  }

  @Override
  public float[] predict(
      ImageSet train, ImageSet test, int classCount, long seed, BaselineProgress progress) {
    LinearSGDTrainer trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            new CountedSteps(new AdaGrad(LEARNING_RATE), (long) EPOCHS * train.size(), progress),
            EPOCHS,
            Integer.MAX_VALUE,
            1,
            seed);
    return Fitted.predict(trainer, Inputs.PIXELS, train, test, classCount, progress);
  }
}
