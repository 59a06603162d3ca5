package org.virusmnist.benchmark;

import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Throughput;
import org.virusmnist.metrics.Throughput.Latency;

/**
 * Measures workloads at rising batch sizes.
 *
 * <p>A batch that does not fit into memory is halved until it does, and larger ones are left out.
 */
public final class BatchSweep {
  private final CallTimer timer;
  private final PeakMemory memory;
  private final Predicate<Throwable> isOutOfMemory;

  /**
   * Creates a sweep.
   *
   * @param warmUpSeconds seconds before anything counts, 0 or more
   * @param measureSeconds seconds that count, 0 or more; at least three calls are made all the same
   * @param memory watches the process
   * @param isOutOfMemory tells whether work failed because its batch was too large
   * @param nanoTime the clock
   */
  public BatchSweep(
      double warmUpSeconds,
      double measureSeconds,
      PeakMemory memory,
      Predicate<Throwable> isOutOfMemory,
      LongSupplier nanoTime) {
    CallTimer.Duration duration =
        new CallTimer.Duration((long) (warmUpSeconds * 1e9), (long) (measureSeconds * 1e9));
    this.timer = new CallTimer(duration, nanoTime);
    this.memory = memory;
    this.isOutOfMemory = isOutOfMemory;
  }

  /**
   * Where work runs.
   *
   * @param device for instance {@code CPU:0}
   * @param precision arithmetic of the base
   * @param callsInFlight calls to run at a time where they may, 1 or more
   */
  public record Setting(String device, String precision, int callsInFlight) {}

  /** Is told what happens while it happens. */
  public interface Listener {
    /**
     * A measurement begins.
     *
     * @param work its name
     * @param batchSize images of a batch
     */
    void started(String work, int batchSize);

    /**
     * A measurement is done.
     *
     * @param throughput the result
     */
    void measured(Throughput throughput);

    /**
     * A batch did not fit into memory.
     *
     * @param work its name
     * @param batchSize images of the batch
     */
    void ranOutOfMemory(String work, int batchSize);
  }

  /**
   * Measures one workload.
   *
   * @param workload what to measure
   * @param batchSizes images of a batch, each 1 or more
   * @param setting where it runs
   * @param listener is told of every measurement
   * @throws IOException if the work fails for another reason than memory
   */
  public void run(
      Workload workload, SortedSet<Integer> batchSizes, Setting setting, Listener listener)
      throws IOException {
    SortedMap<Integer, Throughput> measured = new TreeMap<>();
    int tooLarge = Integer.MAX_VALUE;
    for (int wanted : batchSizes) {
      int size = wanted;
      while (size > 0 && size < tooLarge && !measured.containsKey(size)) {
        Throughput throughput = measure(workload, size, setting, listener);
        if (throughput == null) {
          tooLarge = size;
          size /= 2;
        } else {
          measured.put(size, throughput);
        }
      }
    }
  }

  private @Nullable Throughput measure(
      Workload workload, int batchSize, Setting setting, Listener listener) throws IOException {
    listener.started(workload.name(), batchSize);
    try (Workload.Work work = workload.prepare(batchSize)) {
      Throughput throughput = measure(workload.name(), work, batchSize, setting);
      listener.measured(throughput);
      return throughput;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (!(e instanceof OutOfMemoryError) && !isOutOfMemory.test(e)) {
        throw e;
      }
      listener.ranOutOfMemory(workload.name(), batchSize);
      return null;
    }
  }

  private Throughput measure(String name, Workload.Work work, int batchSize, Setting setting)
      throws IOException {
    int threads = work.mayOverlap() ? setting.callsInFlight() : 1;
    memory.reset();
    CallTimer.Calls calls = timer.time(work, threads);
    return new Throughput(
        name,
        setting.device(),
        setting.precision(),
        batchSize,
        work.stepsPerCall(),
        threads,
        calls.millis().length,
        calls.callsPerSecond() * work.stepsPerCall() * batchSize,
        Latency.of(calls.millis(), work.stepsPerCall()),
        memory.bytes());
  }
}
