package org.virusmnist.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.console.InterruptedRunException;
import org.virusmnist.cli.console.ResumeRefusedException;
import org.virusmnist.cli.console.StopSignals;
import org.virusmnist.cli.run.CheckpointFiles;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.StepTotals;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.storage.DirectoryLock;
import org.virusmnist.training.DivergedException;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.Trainer;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/** When checkpoints are written, and that what is written is what is read; weights are a number. */
class TrainCheckpointsTest {
  private static final Map<String, String> IDENTITY = Map.of("epochs", "3");
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path root;
  private final List<Integer> halted = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final StopSignals stop = new StopSignals(halted::add);
  private final Part part = new Part();
  private OpenRun run;
  private String weights = "";

  @BeforeEach
  void open() throws IOException {
    run = new OpenRun(new RunDirectory(root), DirectoryLock.acquire(root), true);
  }

  @AfterEach
  void close() throws IOException {
    stop.close();
    run.close();
  }

  @Test
  void writesTheFirstWhenAnEpochHasEnded() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(2);
    checkpoints.onSafePoint(state(0, 5));
    assertThat(root.resolve("checkpoints")).doesNotExist();
    checkpoints.onSafePoint(after(1));
    assertThat(latest()).isEqualTo("000001");
  }

  @Test
  void writesTheFirstWithinAnEpochThatIsLong() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(2);
    nanos.addAndGet(20 * SECOND);
    checkpoints.onSafePoint(state(0, 5));
    assertThat(latest()).isEqualTo("000001");
  }

  @Test
  void writesTheNextAfterTheInterval() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(2);
    checkpoints.onSafePoint(after(1));
    nanos.addAndGet(SECOND);
    checkpoints.onSafePoint(after(2));
    assertThat(latest()).isEqualTo("000001");
    nanos.addAndGet(SECOND);
    checkpoints.onSafePoint(state(2, 5));
    assertThat(latest()).isEqualTo("000002");
  }

  @Test
  void takesAtMostATwentiethOfTheTime() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(2);
    part.saveNanos = SECOND;
    checkpoints.onSafePoint(after(1));
    nanos.addAndGet(18 * SECOND);
    checkpoints.onSafePoint(after(2));
    assertThat(latest()).isEqualTo("000001");
    nanos.addAndGet(SECOND);
    checkpoints.onSafePoint(state(2, 5));
    assertThat(latest()).isEqualTo("000002");
  }

  @Test
  void writesAfterEveryCallWhenAskedTo() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(0);
    part.saveNanos = SECOND;
    checkpoints.onSafePoint(state(0, 5));
    checkpoints.onSafePoint(state(0, 6));
    assertThat(latest()).isEqualTo("000002");
  }

  @Test
  void writesTheLastStateOnce() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(2);
    History history =
        checkpoints.guard(
            () -> {
              checkpoints.onSafePoint(after(1));
              checkpoints.onSafePoint(after(2));
              return after(2).history();
            });
    assertThat(history.size()).isEqualTo(2);
    assertThat(latest()).isEqualTo("000002");
    checkpoints.guard(() -> after(2).history());
    assertThat(latest()).isEqualTo("000002");
  }

  @Test
  void stopsAtASignalWithACheckpoint() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(1000);
    assertThatThrownBy(
            () ->
                checkpoints.guard(
                    () -> {
                      stop.onSignal("TERM");
                      checkpoints.onSafePoint(state(0, 5));
                      return History.empty();
                    }))
        .isInstanceOfSatisfying(
            InterruptedRunException.class, e -> assertThat(e.exitCode()).isEqualTo(143))
        .hasMessage("interrupted by SIGTERM.");
    assertThat(latest()).isEqualTo("000001");
    assertThat(halted).isEmpty();
  }

  @Test
  void writesTheLastStateWhenASignalStopsTheValidation() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(1000);
    assertThatThrownBy(
            () ->
                checkpoints.guard(
                    () -> {
                      checkpoints.onSafePoint(state(0, 5));
                      stop.onSignal("INT");
                      stop.throwIfRequested();
                      return History.empty();
                    }))
        .isInstanceOf(InterruptedRunException.class);
    assertThat(checkpoints(2).restore()).isEqualTo(state(0, 5));
  }

  @Test
  void bringsEverythingBackToTheBit() throws IOException {
    Files.writeString(root.resolve("run.log"), "12345");
    TrainCheckpoints checkpoints = checkpoints(0);
    TrainingState state =
        new TrainingState(1, 7, new StepTotals.Sums(0.1 + 0.2, 30, 11), 1.1, after(1).history());
    weights = "w";
    part.values = Map.of("best", Double.toHexString(0.3));
    checkpoints.onSafePoint(state);
    Files.writeString(root.resolve("run.log"), "1234567");
    weights = "";
    part.values = Map.of();

    TrainCheckpoints next = checkpoints(0);
    assertThat(next.restore()).isEqualTo(state);
    assertThat(weights).isEqualTo("w");
    assertThat(part.values).containsExactly(Map.entry("best", Double.toHexString(0.3)));
    assertThat(root.resolve("run.log")).hasContent("12345");
  }

  @Test
  void startsOverWithoutACheckpoint() throws IOException {
    Files.writeString(root.resolve("run.log"), "12345");

    assertThat(checkpoints(2).restore()).isEqualTo(TrainingState.start());
    assertThat(root.resolve("run.log")).isEmptyFile();
  }

  @Test
  void refusesACheckpointOfAnotherRun() throws IOException {
    checkpoints(0).onSafePoint(after(1));
    Map<String, String> other = Map.of("epochs", "4", "data.train.sha256", "aa");
    TrainCheckpoints checkpoints = new TrainCheckpoints(run, other, parts(), timing(2));

    assertThatThrownBy(checkpoints::restore)
        .isInstanceOfSatisfying(
            ResumeRefusedException.class, e -> assertThat(e.exitCode()).isEqualTo(3))
        .hasMessage(
            root.resolve("checkpoints/000001")
                + " cannot be resumed: data.train.sha256 is aa, expected absent; epochs is 4,"
                + " expected 3. Bring back what it was started with, or start a new run.");
  }

  @Test
  void keepsTheLastCheckpointBeforeTheWeightsWentBad() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(0);
    TrainingOptions options = new TrainingOptions(1, 1, 0.5f, 1, false);
    Trainer trainer =
        new Trainer(
            options,
            chunk -> {
              // Calls are of 16 and 64 steps; the weights are bad from the last of those on.
              float[] losses = new float[chunk.steps()];
              losses[0] = chunk.rows()[0] == 80 ? Float.NaN : 1;
              return new StepResults(losses, new int[chunk.steps()]);
            },
            () -> new Score(1, 1),
            TrainingListener.all(checkpoints),
            nanos::get);

    assertThatThrownBy(() -> checkpoints.guard(() -> trainer.fit(100)))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("epoch 0, step 80: loss is NaN at learning rate 0.5");
    assertThat(checkpoints(2).restore().step()).isEqualTo(16);
  }

  @Test
  void doesNotWriteIntoADirectoryThatIsGone() throws IOException {
    TrainCheckpoints checkpoints = checkpoints(0);
    Files.delete(root.resolve("run.lock"));

    assertThatThrownBy(() -> checkpoints.onSafePoint(after(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was removed or replaced while the run was writing into it");
    assertThat(root.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void refusesAStateOfAnotherFormat() throws IOException {
    checkpoints(0).onSafePoint(after(1));
    Path checkpoint = root.resolve("checkpoints/000001");
    Path file = checkpoint.resolve("state.json");
    Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));

    assertThatThrownBy(() -> CheckpointState.read(checkpoint))
        .hasMessage(
            file
                + ": format is 2, expected 1. Resume with the version of virus-mnist that wrote"
                + " it.");
  }

  private TrainCheckpoints checkpoints(long everySeconds) {
    return new TrainCheckpoints(run, IDENTITY, parts(), timing(everySeconds));
  }

  private TrainCheckpoints.Parts parts() {
    return new TrainCheckpoints.Parts(List.of(part), List.of(new Text()));
  }

  private TrainCheckpoints.Timing timing(long everySeconds) {
    return new TrainCheckpoints.Timing(everySeconds * SECOND, nanos::get, stop, 2);
  }

  private String latest() throws IOException {
    return Files.readString(root.resolve("checkpoints/LATEST")).strip();
  }

  private static TrainingState state(int epoch, int step) {
    return new TrainingState(
        epoch, step, new StepTotals.Sums(step, step, 0), 0, after(epoch).history());
  }

  private static TrainingState after(int epochs) {
    History history = History.empty();
    for (int epoch = 0; epoch < epochs; epoch++) {
      history = history.append(new Epoch(epoch, 1, 0.5, 1.0 / (epoch + 1), 0.5));
    }
    return new TrainingState(epochs, 0, StepTotals.Sums.ZERO, 0, history);
  }

  /** Weights that are a text. */
  private final class Text implements CheckpointFiles {
    @Override
    public void saveTo(Path checkpoint) throws IOException {
      Files.writeString(checkpoint.resolve("weights"), weights);
    }

    @Override
    public void restoreFrom(Path checkpoint) throws IOException {
      weights = Files.readString(checkpoint.resolve("weights"));
    }
  }

  /** Remembers values; remembering them takes time. */
  private final class Part implements Resumable {
    private Map<String, String> values = Map.of();
    private long saveNanos;

    @Override
    public String name() {
      return "part";
    }

    @Override
    public Map<String, String> save() {
      nanos.addAndGet(saveNanos);
      return values;
    }

    @Override
    public void restore(Map<String, String> saved) {
      values = saved;
    }
  }
}
