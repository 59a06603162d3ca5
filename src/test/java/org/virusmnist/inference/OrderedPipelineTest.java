package org.virusmnist.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.virusmnist.inference.OrderedPipeline.Source;

/** Results come in the order of the batches, whatever order the work ends in. */
class OrderedPipelineTest {
  private final List<Integer> results = new ArrayList<>();

  @Test
  void keepsTheOrderWhenALaterBatchIsDoneFirst() throws IOException {
    CountDownLatch secondIsDone = new CountDownLatch(1);
    new OrderedPipeline(2)
        .run(
            numbers(2),
            number -> {
              if (number == 0) {
                await(secondIsDone);
              } else {
                secondIsDone.countDown();
              }
              return number;
            },
            results::add);

    assertThat(results).containsExactly(0, 1);
  }

  @Test
  void runsSeveralBatchesAtATime() throws IOException {
    CyclicBarrier both = new CyclicBarrier(2);
    new OrderedPipeline(2)
        .run(
            numbers(4),
            number -> {
              meet(both); // Never returns unless two batches are in work.
              return number;
            },
            results::add);

    assertThat(results).containsExactly(0, 1, 2, 3);
  }

  @Test
  void readsNoFurtherAheadThanTheBatchesInFlight() throws IOException {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger written = new AtomicInteger();
    List<Integer> ahead = new ArrayList<>();
    Source<Integer> source =
        () -> {
          ahead.add(read.get() - written.get());
          return read.get() == 50 ? null : read.getAndIncrement();
        };
    new OrderedPipeline(3).run(source, number -> number, number -> written.incrementAndGet());

    assertThat(ahead).allMatch(n -> n <= 3);
    assertThat(written).hasValue(50);
  }

  @Test
  void passesOnWhatTheWorkThrows() {
    IOException failure = new IOException("damaged");
    assertThatThrownBy(
            () ->
                new OrderedPipeline(2)
                    .run(
                        numbers(10),
                        number -> {
                          if (number == 3) {
                            throw failure;
                          }
                          return number;
                        },
                        results::add))
        .isSameAs(failure);
    assertThat(results).containsExactly(0, 1, 2);
  }

  @Test
  void passesOnAnUncheckedExceptionAndAnError() {
    assertThatThrownBy(() -> runAndThrow(new IllegalStateException("closed")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
    assertThatThrownBy(() -> runAndThrow(new OutOfMemoryError("native")))
        .isInstanceOf(OutOfMemoryError.class);
  }

  private void runAndThrow(Throwable failure) throws IOException {
    new OrderedPipeline(1).run(numbers(1), number -> fail(failure), results::add);
  }

  private static Integer fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void waitsForWorkInFlightBeforeItReportsAFailure() {
    AtomicBoolean isDone = new AtomicBoolean();
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch secondStarted = new CountDownLatch(1);
    releaseWhenThisThreadWaits(mayEnd);
    assertThatThrownBy(
            () ->
                new OrderedPipeline(2)
                    .run(
                        numbers(2),
                        number -> {
                          if (number == 0) {
                            await(secondStarted);
                            throw new IOException("first");
                          }
                          secondStarted.countDown();
                          await(mayEnd);
                          isDone.set(true);
                          return number;
                        },
                        results::add))
        .hasMessage("first");
    assertThat(isDone).isTrue();
  }

  /** Counts a latch down once the calling thread waits for the work in flight. */
  private static void releaseWhenThisThreadWaits(CountDownLatch mayEnd) {
    Thread caller = Thread.currentThread();
    Thread releaser =
        new Thread(
            () -> {
              while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              mayEnd.countDown();
            });
    releaser.setDaemon(true);
    releaser.start();
  }

  @Test
  void reportsAnInterruptAndKeepsItSet() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    releaseWhenThisThreadWaits(mayEnd);
    try {
      assertThatThrownBy(
              () ->
                  new OrderedPipeline(1)
                      .run(
                          numbers(1),
                          number -> {
                            await(mayEnd);
                            return number;
                          },
                          results::add))
          .isInstanceOf(IOException.class)
          .hasMessage("interrupted while a batch was in work");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesToRunNothingAtATime() {
    assertThatThrownBy(() -> new OrderedPipeline(0))
        .hasMessage("calls in flight is 0, expected 1 or more");
  }

  @Test
  void cutsRowsIntoRangesOfABatch() {
    RowRanges ranges = new RowRanges(7, 3);
    assertThat(ranges.next()).isEqualTo(new RowRanges.Range(0, 3));
    assertThat(ranges.next()).isEqualTo(new RowRanges.Range(3, 3));
    RowRanges.Range last = ranges.next();
    assertThat(last).isNotNull();
    assertThat(last.rows()).containsExactly(6);
    assertThat(ranges.next()).isNull();
    assertThatThrownBy(() -> new RowRanges(7, 0)).hasMessage("batch size is 0, expected 1 or more");
  }

  private static Source<Integer> numbers(int count) {
    AtomicInteger next = new AtomicInteger();
    return () -> nextOf(next, count);
  }

  private static @Nullable Integer nextOf(AtomicInteger next, int count) {
    return next.get() == count ? null : next.getAndIncrement();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
