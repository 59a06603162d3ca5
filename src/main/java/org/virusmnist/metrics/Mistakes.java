package org.virusmnist.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Collects wrongly predicted rows and keeps the most confident ones. For one thread.
 *
 * <p>Memory grows with the rows that are kept, not with those that are seen.
 */
public final class Mistakes {
  private static final Comparator<PredictionBatch> LEAST_CONFIDENT_FIRST =
      Comparator.<PredictionBatch>comparingDouble(row -> row.confidence(0))
          .thenComparing(Comparator.<PredictionBatch>comparingLong(row -> row.row(0)).reversed());

  private final int limit;
  private final PriorityQueue<PredictionBatch> kept = new PriorityQueue<>(LEAST_CONFIDENT_FIRST);

  /**
   * Creates a collector without rows.
   *
   * @param limit how many rows to keep at most
   * @throws IllegalArgumentException if the limit is negative
   */
  public Mistakes(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit is " + limit + ", expected 0 or more");
    }
    this.limit = limit;
  }

  /**
   * Adds the wrong rows of a batch.
   *
   * @throws IllegalStateException if the labels are not known
   */
  public void add(PredictionBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.isCorrect(i)) {
        kept.add(batch.single(i));
        dropLeastConfident();
      }
    }
  }

  /**
   * Returns the kept rows, each a batch of one: the most confident mistake first, equally confident
   * ones in the order of their row numbers.
   */
  public List<PredictionBatch> mostConfidentFirst() {
    List<PredictionBatch> rows = new ArrayList<>(kept);
    rows.sort(LEAST_CONFIDENT_FIRST.reversed());
    return rows;
  }

  private void dropLeastConfident() {
    if (kept.size() > limit) {
      kept.remove();
    }
  }
}
