package org.virusmnist.baseline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Asks about every test row, on all processors. */
final class TestRows {
  private TestRows() {}

  static void forEach(int rows, BaselineProgress progress, IntConsumer predict) {
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            row -> {
              predict.accept(row);
              progress.advanced(BaselineProgress.Phase.PREDICTING, done.incrementAndGet(), rows);
            });
  }
}
