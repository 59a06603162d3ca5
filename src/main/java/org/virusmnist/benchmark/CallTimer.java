package org.virusmnist.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/**
 * Calls something over and over in several threads: first to warm up, then with a clock.
 *
 * <p>What comes first is slower for reasons that do not come back: TensorFlow prepares a graph,
 * libraries choose kernels for a shape, the JVM compiles, a GPU raises its clock.
 */
final class CallTimer {
  private static final int LEAST_CALLS = 3;

  private final Duration duration;
  private final LongSupplier nanoTime;

  CallTimer(Duration duration, LongSupplier nanoTime) {
    this.duration = duration;
    this.nanoTime = nanoTime;
  }

  /**
   * How long to go on; at least three calls of each thread are made all the same.
   *
   * @param warmUpNanos before anything counts
   * @param measureNanos what counts
   */
  record Duration(long warmUpNanos, long measureNanos) {}

  /**
   * What was measured.
   *
   * @param millis milliseconds of every call
   * @param callsPerSecond sum of the rates of the threads, each until the end of its last call
   */
  record Calls(double[] millis, double callsPerSecond) {}

  /** Warms up and measures. */
  Calls time(Workload.Work work, int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      inParallel(pool, threads, () -> repeat(work, duration.warmUpNanos()));
      List<double[]> calls = inParallel(pool, threads, () -> repeat(work, duration.measureNanos()));
      return new Calls(
          calls.stream().flatMapToDouble(DoubleStream::of).toArray(),
          calls.stream().mapToDouble(CallTimer::rate).sum());
    } finally {
      pool.shutdown();
    }
  }

  private double[] repeat(Workload.Work work, long nanos) throws IOException {
    DoubleStream.Builder millis = DoubleStream.builder();
    long start = nanoTime.getAsLong();
    long now = start;
    for (int calls = 0; calls < LEAST_CALLS || now - start < nanos; calls++) {
      work.call();
      long end = nanoTime.getAsLong();
      millis.add((end - now) / 1e6);
      now = end;
    }
    return millis.build().toArray();
  }

  private static double rate(double[] millis) {
    return millis.length / (DoubleStream.of(millis).sum() / 1e3);
  }

  /** Waits for all threads, then throws what the first of them failed with. */
  private static <T> List<T> inParallel(ExecutorService pool, int threads, Callable<T> task)
      throws IOException {
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(pool.submit(task));
    }
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<T> each : running) {
      try {
        results.add(each.get());
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while measuring", e);
      }
    }
    if (!failures.isEmpty()) {
      throw thrown(failures.get(0));
    }
    return results;
  }

  private static IOException thrown(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }
}
