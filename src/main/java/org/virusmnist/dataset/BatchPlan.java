package org.virusmnist.dataset;

import java.util.Arrays;
import java.util.Objects;

/**
 * The batches of an epoch: an order of rows, cut into steps of equal size, the last one padded.
 *
 * <p>Immutable. Padding is {@link #PADDING}, which the training signatures mask out.
 */
public final class BatchPlan {
  /** Stands for no row in the last batch. */
  public static final int PADDING = -1;

  private final int[] order;
  private final int batchSize;

  private BatchPlan(int[] order, int batchSize) {
    this.order = order;
    this.batchSize = batchSize;
  }

  /**
   * Cuts an order into batches.
   *
   * @param order the rows of an epoch in the order of their visit, at least one; copied
   * @param batchSize rows of a step, at least 1
   * @return the plan
   * @throws IllegalArgumentException if there is no row or no batch
   */
  public static BatchPlan of(int[] order, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize (" + batchSize + ") must be positive");
    }
    if (order.length == 0) {
      throw new IllegalArgumentException("order is empty, expected at least 1 row");
    }
    return new BatchPlan(order.clone(), batchSize);
  }

  /**
   * Returns the number of steps.
   *
   * @return rows divided by the batch size, rounded up
   */
  public int steps() {
    return (order.length - 1) / batchSize + 1;
  }

  /**
   * Returns the rows of a full step.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Returns the rows of some consecutive steps: shape [steps, batchSize], flat.
   *
   * @param fromStep the first step, from 0
   * @param steps how many steps
   * @return row numbers, {@link #PADDING} behind the last one; owned by the caller
   * @throws IndexOutOfBoundsException if there are no such steps
   */
  public int[] rows(int fromStep, int steps) {
    Objects.checkFromIndexSize(fromStep, steps, steps());
    int[] rows = new int[Math.multiplyExact(steps, batchSize)];
    int from = fromStep * batchSize;
    int known = Math.min(rows.length, order.length - from);
    System.arraycopy(order, from, rows, 0, known);
    Arrays.fill(rows, known, rows.length, PADDING);
    return rows;
  }

  /**
   * Returns the rows of a step that are not padding.
   *
   * @param step the step, from 0
   * @return the batch size, or less at the last step
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public int validRows(int step) {
    Objects.checkIndex(step, steps());
    return Math.min(batchSize, order.length - step * batchSize);
  }
}
