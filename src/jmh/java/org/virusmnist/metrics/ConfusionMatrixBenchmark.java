package org.virusmnist.metrics;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One row counted into a matrix of ten classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConfusionMatrixBenchmark {
  private static final int ROWS = 10_000;
  private static final int CLASSES = 10;

  private final int[] labels = new Random(1).ints(ROWS, 0, CLASSES).toArray();
  private final int[] predicted = new Random(2).ints(ROWS, 0, CLASSES).toArray();

  /** Counts all rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ConfusionMatrix count() {
    return ConfusionMatrix.of(CLASSES, labels, predicted);
  }
}
