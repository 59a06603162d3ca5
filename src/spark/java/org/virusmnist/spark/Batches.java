package org.virusmnist.spark;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Turns rows into results batch by batch, without holding more than one batch. */
final class Batches implements Iterator<Row> {
  private final Iterator<Row> source;
  private final int batchSize;
  private final Work work;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();

  /** What becomes of a batch; runs on executors. */
  @FunctionalInterface
  interface Work extends Serializable {
    List<Row> apply(ImageBatch batch);
  }

  Batches(Iterator<Row> source, int batchSize, Work work) {
    this.source = source;
    this.batchSize = batchSize;
    this.work = work;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && source.hasNext()) {
      ready.addAll(work.apply(ImageBatch.take(source, batchSize)));
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
