package org.virusmnist.model;

import org.tensorflow.types.TInt32;

/**
 * How the base is trained beside its head, where that differs.
 *
 * <p>Lower layers have learnt what serves any picture: a smaller rate, or no training at all, keeps
 * it (Howard and Ruder 2018, section 3.2, call the former discriminative fine-tuning).
 *
 * @param rateFactor the base's learning rate divided by the head's, in every step, more than 0
 * @param lastBlocks how many of the last blocks are trained, 1 or more; all if there are no more
 */
public record BaseTraining(double rateFactor, int lastBlocks) {
  /** More blocks than any model has. */
  public static final int ALL_BLOCKS = Integer.MAX_VALUE;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public BaseTraining {
    if (!(rateFactor > 0) || Double.isInfinite(rateFactor)) {
      throw new IllegalArgumentException(
          "the factor of the base's learning rate is %s, expected a finite number above 0"
              .formatted(rateFactor));
    }
    if (lastBlocks < 1) {
      throw new IllegalArgumentException(
          "blocks to train are " + lastBlocks + ", expected 1 or more");
    }
  }

  /**
   * Returns how a base is trained at a rate of its own.
   *
   * @param baseRate learning rate of the base, more than 0
   * @param headRate learning rate of the head, more than 0
   * @param lastBlocks how many of the last blocks are trained
   * @return the same as a factor, which holds for the rate of every step
   */
  public static BaseTraining atRate(float baseRate, float headRate, int lastBlocks) {
    return new BaseTraining((double) baseRate / headRate, lastBlocks);
  }

  /** Adds the inputs that training of the base alone has. */
  TensorBatch addTo(TensorBatch inputs, HeadSteps steps) {
    return inputs
        .own("base_learning_rates", Tensors.vector(rates(steps.learningRates())))
        .own("trainable_blocks", TInt32.scalarOf(lastBlocks));
  }

  float[] rates(float[] headRates) {
    float[] rates = new float[headRates.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (float) (headRates[i] * rateFactor);
    }
    return rates;
  }
}
