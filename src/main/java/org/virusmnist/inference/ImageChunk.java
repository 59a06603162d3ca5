package org.virusmnist.inference;

import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;

/**
 * Consecutive rows of a data set, on their way through a model.
 *
 * @param firstRow number of the first row in the whole data set, from 0
 * @param images the rows
 */
public record ImageChunk(long firstRow, ImageSet images) {

  /**
   * Joins the rows with what a model says of them.
   *
   * @param classCount number of classes, C
   * @param probabilities probability of each class, row by row [N×C]
   * @return predictions with the rows' labels and hashes, where they have any
   */
  public PredictionBatch predictions(int classCount, float[] probabilities) {
    PredictionBatch batch = PredictionBatch.of(firstRow, classCount, probabilities);
    if (images.hasLabels()) {
      batch = batch.withLabels(images.labels());
    }
    return images.hasHashes() ? batch.withHashes(hashes()) : batch;
  }

  private @Nullable String[] hashes() {
    @Nullable String[] hashes = new @Nullable String[images.size()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = images.hash(row);
    }
    return hashes;
  }
}
