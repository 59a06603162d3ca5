package org.virusmnist.baseline;

import org.virusmnist.dataset.ImageSet;

/** Says of every row what is most frequent; its probabilities are the shares of the classes. */
final class Majority implements Baseline {
  @Override
  public String name() {
    return "majority";
  }

  @Override
  public float[] predict(
      ImageSet train, ImageSet test, int classCount, long seed, BaselineProgress progress) {
    float[] shares = new float[classCount];
    for (int label : train.labels()) {
      shares[label] += 1f / train.size();
    }
    float[] probabilities = new float[test.size() * classCount];
    for (int row = 0; row < test.size(); row++) {
      System.arraycopy(shares, 0, probabilities, row * classCount, classCount);
    }
    return probabilities;
  }
}
