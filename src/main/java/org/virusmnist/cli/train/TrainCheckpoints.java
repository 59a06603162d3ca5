package org.virusmnist.cli.train;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.InterruptedRunException;
import org.virusmnist.cli.console.StopSignals;
import org.virusmnist.cli.run.CheckpointFiles;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.run.RunIdentity;
import org.virusmnist.metrics.History;
import org.virusmnist.storage.AtomicDirectory.DirectoryWriter;
import org.virusmnist.storage.CheckpointStore;
import org.virusmnist.training.DivergedException;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingState;

/**
 * Writes training down while it runs, and finds where to go on.
 *
 * <p>The first checkpoint is written when the first epoch ends (or after ten intervals, where
 * epochs are long), the next ones at most once an interval and so seldom that they take at most a
 * twentieth of the time; then one at the end, and one when a signal asks for it.
 */
final class TrainCheckpoints implements TrainingListener {
  private static final Logger LOG = LogManager.getLogger(TrainCheckpoints.class);
  private static final long COST_FACTOR = 19;
  private static final long FIRST_FACTOR = 10;

  private final OpenRun run;
  private final Map<String, String> identity;
  private final Parts parts;
  private final Timing timing;
  private final CheckpointStore store;
  private final List<String> notes = new ArrayList<>();
  private long lastNanos;
  private long costNanos;
  private @Nullable TrainingState written;
  private @Nullable TrainingState latest;

  TrainCheckpoints(OpenRun run, Map<String, String> identity, Parts parts, Timing timing) {
    this.run = run;
    this.identity = identity;
    this.parts = parts;
    this.timing = timing;
    this.store = new CheckpointStore(run.directory().checkpoints(), timing.kept());
    this.lastNanos = timing.now();
  }

  /**
   * What there is to remember besides where training stands.
   *
   * @param values what is small, in {@code state.json}
   * @param files what has files of its own
   */
  record Parts(List<Resumable> values, List<CheckpointFiles> files) {
    Parts with(Resumable value) {
      List<Resumable> more = new ArrayList<>(values);
      more.add(value);
      return new Parts(more, files);
    }

    void restore(Path checkpoint, Map<String, Map<String, String>> saved) throws IOException {
      for (Resumable value : values) {
        value.restore(saved.getOrDefault(value.name(), Map.of()));
      }
      for (CheckpointFiles part : files) {
        part.restoreFrom(checkpoint);
      }
    }

    Map<String, Map<String, String>> save() throws IOException {
      Map<String, Map<String, String>> saved = new LinkedHashMap<>();
      for (Resumable part : values) {
        saved.put(part.name(), part.save());
      }
      return saved;
    }

    void saveTo(Path checkpoint) throws IOException {
      for (CheckpointFiles part : files) {
        part.saveTo(checkpoint);
      }
    }
  }

  /**
   * When to write, and how much to keep.
   *
   * @param everyNanos the least time between two checkpoints
   * @param nanoTime a monotonic clock
   * @param stop asks for the last one
   * @param kept how many of the newest are kept
   */
  record Timing(long everyNanos, LongSupplier nanoTime, StopSignals stop, int kept) {
    long now() {
      return nanoTime.getAsLong();
    }
  }

  /**
   * Brings weights, parts and log back to the newest checkpoint that is whole.
   *
   * @return where training stands: at its start when there is no such checkpoint
   * @throws IOException if it cannot be read, or is of another run
   */
  TrainingState restore() throws IOException {
    store.deleteUnfinished();
    Optional<Path> newest = store.newest(problem -> notes.add(problem + ". It is left out."));
    if (newest.isEmpty()) {
      truncateLog(0);
      notes.add(run.directory().root() + ": no checkpoint is there, so the run starts over.");
      return TrainingState.start();
    }
    CheckpointState state = CheckpointState.read(newest.get());
    RunIdentity.requireSame(newest.get(), state.identity(), identity);
    parts.restore(newest.get(), state.parts());
    truncateLog(state.logBytes());
    latest = written = state.toTrainingState();
    return written;
  }

  /** What the run said after the checkpoint is about to be said again. */
  private void truncateLog(long bytes) throws IOException {
    try (FileChannel log = FileChannel.open(run.directory().log(), CREATE, WRITE)) {
      log.truncate(bytes);
    }
  }

  /** Says where training begins, and what stood in its way. */
  void logStart() {
    notes.forEach(LOG::warn);
    TrainingState state = written;
    if (state != null) {
      LOG.info("Resumed     at epoch {}, step {}", state.epoch() + 1, state.step());
    }
  }

  /** The epoch loop. */
  @FunctionalInterface
  interface Training<T> {
    T fit() throws IOException;
  }

  /**
   * Runs the epoch loop; when it ends, and when a signal ends it, its last state is written down.
   *
   * @throws DivergedException if the loop does; the last checkpoint is then one with good weights
   */
  <T> T guard(Training<T> training) throws IOException {
    boolean wasAttended = timing.stop().attend(true);
    try {
      T trained = training.fit();
      writeLatest();
      return trained;
    } catch (InterruptedRunException e) {
      writeLatest();
      throw e;
    } catch (DivergedException e) {
      discardFrom(e);
      throw e;
    } finally {
      timing.stop().attend(wasAttended);
    }
  }

  @Override
  public void onSafePoint(TrainingState state) throws IOException {
    latest = state;
    if (timing.stop().isRequested() || isDue(state)) {
      write(state);
    }
    timing.stop().throwIfRequested();
  }

  private boolean isDue(TrainingState state) {
    boolean isFirst = written == null;
    long every = timing.everyNanos();
    long interval = every == 0 ? 0 : Math.max(every, COST_FACTOR * costNanos);
    long elapsed = timing.now() - lastNanos;
    return isFirst ? state.epoch() > 0 || elapsed >= FIRST_FACTOR * interval : elapsed >= interval;
  }

  private void writeLatest() throws IOException {
    if (latest != null && !latest.equals(written)) {
      write(latest);
    }
  }

  /**
   * Writes a checkpoint and takes it away again: what stands in the way shows before the first
   * step, and the first real one costs no more than any other. May run beside work that changes no
   * weights.
   */
  void rehearse() throws IOException {
    store.rehearse(content(TrainingState.start()));
  }

  private void write(TrainingState state) throws IOException {
    long start = timing.now();
    run.lock().requireHeld();
    store.write(isBest(state), content(state));
    written = state;
    lastNanos = timing.now();
    costNanos = lastNanos - start;
    LOG.debug(
        "Checkpoint  at epoch {}, step {}, took {} ms",
        state.epoch() + 1,
        state.step(),
        costNanos / 1_000_000);
  }

  private DirectoryWriter content(TrainingState state) throws IOException {
    Path log = run.directory().log();
    long logBytes = Files.exists(log) ? Files.size(log) : 0;
    CheckpointState record = CheckpointState.of(state, identity, parts.save(), logBytes);
    return directory -> {
      parts.saveTo(directory);
      record.write(directory);
    };
  }

  /** Whether the epoch that has just ended is the one of the least validation loss. */
  private static boolean isBest(TrainingState state) {
    History history = state.history();
    return state.isBetweenEpochs()
        && history.size() > 0
        && history.bestByValLoss().equals(history.last());
  }

  /** Removes what was written with the weights that a later step found to be no numbers. */
  private void discardFrom(DivergedException e) throws IOException {
    while (true) {
      Optional<Path> newest = store.newest(problem -> LOG.warn("{}", problem));
      if (newest.isEmpty()
          || !CheckpointState.read(newest.get()).isAtOrAfter(e.epoch(), e.step())) {
        return;
      }
      store.discard(newest.get());
    }
  }
}
