package org.virusmnist.metrics;

import java.io.Serializable;

/**
 * Adds up an evaluation batch by batch, in memory that does not grow with the rows.
 *
 * <p>For one thread; parts that several threads or machines evaluated are put together by {@link
 * #add(Evaluator)}.
 */
public final class Evaluator implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOP = 3;

  private final ConfusionMatrix.Counter matrix;
  private final Calibration.Counter calibration = new Calibration.Counter(Calibration.DEFAULT_BINS);
  private final RunningMean loss = new RunningMean();
  private long inTop;

  /**
   * Creates an evaluator that has seen no rows.
   *
   * @param classCount C, at least 1
   * @throws IllegalArgumentException if there is no class
   */
  public Evaluator(int classCount) {
    this.matrix = new ConfusionMatrix.Counter(classCount);
  }

  /**
   * Adds a batch; its losses are computed from the probabilities.
   *
   * @param batch rows with labels
   * @throws IllegalStateException if the labels are not known
   */
  public void add(PredictionBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      loss.add(batch.crossEntropy(i), 1);
    }
    count(batch);
  }

  /**
   * Adds a batch whose losses the model gave.
   *
   * @param batch rows with labels
   * @param losses [N] cross-entropies of the rows in nats
   * @throws IllegalArgumentException if there is not one loss per row
   * @throws IllegalStateException if the labels are not known
   */
  public void add(PredictionBatch batch, float[] losses) {
    if (losses.length != batch.size()) {
      throw new IllegalArgumentException(losses.length + " losses for " + batch.size() + " rows");
    }
    for (float rowLoss : losses) {
      loss.add(rowLoss, 1);
    }
    count(batch);
  }

  /**
   * Adds the rows of another evaluator.
   *
   * @param other saw other rows over the same classes
   * @return this evaluator
   * @throws IllegalArgumentException if the numbers of classes differ
   */
  public Evaluator add(Evaluator other) {
    if (other.matrix.matrix().classCount() != matrix.matrix().classCount()) {
      throw new IllegalArgumentException("the evaluators have different numbers of classes");
    }
    matrix.add(other.matrix);
    calibration.add(other.calibration);
    loss.add(other.loss);
    inTop += other.inTop;
    return this;
  }

  /** Returns the evaluation of the rows so far. */
  public Evaluation evaluation() {
    return new Evaluation(
        matrix.matrix(), loss.mean(), Ratio.of(inTop, loss.weight()), calibration.calibration());
  }

  private void count(PredictionBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      matrix.add(batch.label(i), batch.predicted(i));
      inTop += batch.rankOfLabel(i) < TOP ? 1 : 0;
    }
    calibration.add(batch);
  }
}
