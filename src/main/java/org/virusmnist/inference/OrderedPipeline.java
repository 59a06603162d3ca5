package org.virusmnist.inference;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work on batches, several in flight, results in the order of the batches.
 *
 * <p>The calling thread reads and writes; a fixed number of threads works. At most {@code inFlight}
 * batches are in memory at a time, so a source of any length runs in constant memory. Two calls in
 * flight are nearly twice as fast as one on two cores, since one call does not fill them.
 */
public final class OrderedPipeline {
  private final int inFlight;

  /**
   * Creates a pipeline.
   *
   * @param inFlight batches in work at a time, 1 or more
   * @throws IllegalArgumentException if {@code inFlight} is less than 1
   */
  public OrderedPipeline(int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("calls in flight is " + inFlight + ", expected 1 or more");
    }
    this.inFlight = inFlight;
  }

  /**
   * Delivers batches one after the other.
   *
   * @param <B> a batch
   */
  @FunctionalInterface
  public interface Source<B> {
    /**
     * Returns the next batch.
     *
     * @return the batch, or null at the end
     * @throws IOException if it cannot be read
     */
    @Nullable B next() throws IOException;
  }

  /**
   * Works on one batch; called from several threads.
   *
   * @param <B> a batch
   * @param <R> its result
   */
  @FunctionalInterface
  public interface Work<B, R> {
    /**
     * Computes a result.
     *
     * @param batch the batch
     * @return its result
     * @throws IOException if the work fails
     */
    R apply(B batch) throws IOException;
  }

  /**
   * Takes results in the order of their batches.
   *
   * @param <R> a result
   */
  @FunctionalInterface
  public interface Sink<R> {
    /**
     * Takes one result.
     *
     * @param result the result
     * @throws IOException if it cannot be written
     */
    void accept(R result) throws IOException;
  }

  /**
   * Runs all batches of a source.
   *
   * @param source read in the calling thread
   * @param work run in several threads
   * @param sink called in the calling thread
   * @param <B> a batch
   * @param <R> its result
   * @throws IOException the first failure of source, work or sink; nothing is in flight any more
   */
  public <B, R> void run(Source<B> source, Work<B, R> work, Sink<R> sink) throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(inFlight);
    Deque<Future<R>> pending = new ArrayDeque<>();
    try {
      for (B batch = source.next(); batch != null; batch = source.next()) {
        B taken = batch;
        pending.add(workers.submit(() -> work.apply(taken)));
        if (pending.size() > inFlight) {
          sink.accept(resultOf(pending.remove()));
        }
      }
      while (!pending.isEmpty()) {
        sink.accept(resultOf(pending.remove()));
      }
    } finally {
      finish(workers, pending);
    }
  }

  private static <R> R resultOf(Future<R> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a batch was in work", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IOException(cause);
    }
  }

  /**
   * Waits for the batches in flight: native calls must end before the caller frees their memory.
   */
  private static <R> void finish(ExecutorService workers, Deque<Future<R>> pending) {
    pending.forEach(future -> future.cancel(false));
    workers.shutdown();
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = workers.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
