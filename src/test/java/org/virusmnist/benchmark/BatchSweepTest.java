package org.virusmnist.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Throughput;

/** The clock is a counter that work moves forward, so every number is exact. */
class BatchSweepTest {
  private static final BatchSweep.Setting ONE_CALL = new BatchSweep.Setting("CPU:0", "float32", 1);

  @TempDir private Path process;
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private final Told told = new Told();

  /** What a listener was told. */
  private static final class Told implements BatchSweep.Listener {
    private final List<String> events = new ArrayList<>();
    private final List<Throughput> measured = new ArrayList<>();

    @Override
    public void started(String work, int batchSize) {
      events.add("start " + batchSize);
    }

    @Override
    public void measured(Throughput throughput) {
      measured.add(throughput);
      events.add("done " + throughput.batchSize());
    }

    @Override
    public void ranOutOfMemory(String work, int batchSize) {
      events.add("full " + batchSize);
    }
  }

  @BeforeEach
  void holdMemory() throws IOException {
    Files.writeString(process.resolve("status"), "VmPeak:\t 9 kB\nVmHWM:\t  2048 kB\n");
  }

  private BatchSweep sweep(double warmUpSeconds, double seconds) {
    return new BatchSweep(
        warmUpSeconds,
        seconds,
        new PeakMemory(process),
        e -> e instanceof IllegalStateException,
        clock::get);
  }

  private static SortedSet<Integer> sizes(Integer... sizes) {
    return new TreeSet<>(List.of(sizes));
  }

  /** Work that takes a millisecond an image and does not fit in batches above a size. */
  private Workload workload(int largest) {
    return new Workload() {
      @Override
      public String name() {
        return "predict";
      }

      @Override
      public Work prepare(int batchSize) {
        return () -> {
          if (batchSize > largest) {
            throw new IllegalStateException("out of memory");
          }
          calls.incrementAndGet();
          clock.addAndGet(batchSize * 1_000_000L);
        };
      }
    };
  }

  @Test
  void measuresRateAndLatencyAfterTheWarmUp() throws IOException {
    sweep(0.02, 0.1).run(workload(9), sizes(2), ONE_CALL, told);

    assertThat(calls).hasValue(10 + 50);
    assertThat(told.measured)
        .containsExactly(
            new Throughput(
                "predict",
                "CPU:0",
                "float32",
                2,
                1,
                1,
                50,
                1000.0,
                new Throughput.Latency(2, 2, 2),
                2048L * 1024));
  }

  @Test
  void makesThreeCallsHoweverLongTheyTake() throws IOException {
    sweep(0, 0).run(workload(9), sizes(5), ONE_CALL, told);

    assertThat(calls).hasValue(6);
    assertThat(told.measured.get(0).calls()).isEqualTo(3);
  }

  @Test
  void measuresRisingBatches() throws IOException {
    sweep(0, 0).run(workload(100), sizes(8, 1, 4), ONE_CALL, told);

    assertThat(told.events)
        .containsExactly("start 1", "done 1", "start 4", "done 4", "start 8", "done 8");
  }

  @Test
  void halvesABatchThatDoesNotFitAndLeavesLargerOnesOut() throws IOException {
    sweep(0, 0).run(workload(10), sizes(2, 40, 80), ONE_CALL, told);

    assertThat(told.events)
        .containsExactly(
            "start 2",
            "done 2",
            "start 40",
            "full 40",
            "start 20",
            "full 20",
            "start 10",
            "done 10");
  }

  @Test
  void doesNotMeasureTwiceWhatHalvingComesBackTo() throws IOException {
    sweep(0, 0).run(workload(10), sizes(8, 16, 32), ONE_CALL, told);

    assertThat(told.events).containsExactly("start 8", "done 8", "start 16", "full 16");
  }

  @Test
  void endsWhereNotEvenOneImageFits() throws IOException {
    sweep(0, 0).run(workload(0), sizes(2, 4), ONE_CALL, told);

    assertThat(told.events).containsExactly("start 2", "full 2", "start 1", "full 1");
  }

  @Test
  void takesTheJvmsOwnMemoryForMemory() throws IOException {
    Workload heap =
        new Workload() {
          @Override
          public String name() {
            return "features";
          }

          @Override
          public Work prepare(int batchSize) {
            throw new OutOfMemoryError("heap");
          }
        };
    sweep(0, 0).run(heap, sizes(1), ONE_CALL, told);

    assertThat(told.events).containsExactly("start 1", "full 1");
  }

  @Test
  void passesOtherFailuresOn() {
    Workload broken =
        new Workload() {
          @Override
          public String name() {
            return "features";
          }

          @Override
          public Work prepare(int batchSize) {
            return () -> {
              throw new IOException("broken");
            };
          }
        };

    assertThatThrownBy(() -> sweep(0, 0).run(broken, sizes(1, 2), ONE_CALL, told))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThat(told.events).containsExactly("start 1");
  }

  @Test
  void runsSeveralCallsAtATimeAndAddsTheirRates() throws IOException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Workload overlapping =
        new Workload() {
          @Override
          public String name() {
            return "predict";
          }

          @Override
          public Work prepare(int batchSize) {
            return () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              while (most.get() < 3) {
                Thread.onSpinWait();
              }
              running.decrementAndGet();
              clock.addAndGet(1_000_000);
            };
          }
        };
    sweep(0, 0).run(overlapping, sizes(1), new BatchSweep.Setting("GPU:0", "float16", 3), told);

    assertThat(most).hasValue(3);
    assertThat(told.measured.get(0).callsInFlight()).isEqualTo(3);
    assertThat(told.measured.get(0).calls()).isEqualTo(9);
  }

  @Test
  void spreadsACallOverItsStepsAndRunsItAlone() throws IOException {
    Workload steps =
        new Workload() {
          @Override
          public String name() {
            return "head_step";
          }

          @Override
          public Work prepare(int batchSize) {
            return new Work() {
              @Override
              public void call() {
                clock.addAndGet(20_000_000);
              }

              @Override
              public int stepsPerCall() {
                return 10;
              }

              @Override
              public boolean mayOverlap() {
                return false;
              }
            };
          }
        };
    sweep(0, 0).run(steps, sizes(32), new BatchSweep.Setting("CPU:0", "float32", 4), told);

    Throughput measured = told.measured.get(0);
    assertThat(measured.callsInFlight()).isEqualTo(1);
    assertThat(measured.stepsPerCall()).isEqualTo(10);
    assertThat(measured.latency()).isEqualTo(new Throughput.Latency(2, 2, 2));
    assertThat(measured.imagesPerSecond()).isEqualTo(16_000);
  }

  @Test
  void closesTheWorkWhateverHappens() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    Workload full =
        new Workload() {
          @Override
          public String name() {
            return "features";
          }

          @Override
          public Work prepare(int batchSize) {
            return new Work() {
              @Override
              public void call() {
                if (batchSize > 1) {
                  throw new IllegalStateException("out of memory");
                }
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
          }
        };
    sweep(0, 0).run(full, sizes(2), ONE_CALL, told);

    assertThat(told.events).containsExactly("start 2", "full 2", "start 1", "done 1");
    assertThat(closed).hasValue(2);
  }
}
