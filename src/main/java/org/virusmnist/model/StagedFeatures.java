package org.virusmnist.model;

import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.StepResults;

/**
 * Features that are copied into native memory just before steps need them.
 *
 * <p>The order of steps is that of all rows in memory, so no result depends on it. To be used by
 * one thread, and closed before the model.
 */
public final class StagedFeatures implements AutoCloseable {
  private final ClassifierModel model;
  private final FeatureRows source;
  private final int[] labels;
  private final int[] stagedLabels;
  private @Nullable Features staged;

  /**
   * Describes features; room for them is made when training begins.
   *
   * @param model an open model, which stays the caller's
   * @param source features, which stay the caller's
   * @param labels true class of every row
   * @param mostRows rows to copy at a time, at least those of a step
   */
  public StagedFeatures(ClassifierModel model, FeatureRows source, int[] labels, int mostRows) {
    this.model = model;
    this.source = source;
    this.labels = labels.clone();
    this.stagedLabels = new int[mostRows];
  }

  /**
   * Trains the head.
   *
   * @param steps rows and learning rates
   * @return loss and correct count of each step
   */
  public StepResults run(HeadSteps steps) {
    return steps.inParts(stagedLabels.length, this::trainStaged);
  }

  private StepResults trainStaged(HeadSteps steps) {
    int[] rows = steps.validRows();
    Features room = room();
    source.copyTo(rows, room);
    for (int i = 0; i < rows.length; i++) {
      stagedLabels[i] = labels[rows[i]];
    }
    return model.trainHead(room, stagedLabels, steps.onRowsInTurn());
  }

  private Features room() {
    Features room = staged;
    if (room == null) {
      room = model.newFeatures(stagedLabels.length);
      staged = room;
    }
    return room;
  }

  /** Frees the native memory; the source stays open. */
  @Override
  public void close() {
    if (staged != null) {
      staged.close();
    }
  }
}
