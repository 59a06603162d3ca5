package org.virusmnist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.StepTotals;

/** The epoch loop feeds every row once an epoch and averages as Keras does. */
class TrainerTest {
  private static final Score VALIDATION = new Score(0.5, 0.75);

  private final List<StepChunk> chunks = new ArrayList<>();

  @Test
  void feedsEveryRowOnceInEveryEpoch() throws IOException {
    fit(options(3, 4, true), 10, this::zeroLoss);

    assertThat(chunks.stream().mapToInt(StepChunk::steps).sum()).isEqualTo(3 * 3);
    List<Integer> rows = new ArrayList<>();
    chunks.forEach(chunk -> Arrays.stream(chunk.rows()).forEach(rows::add));
    for (int row = 0; row < 10; row++) {
      assertThat(rows).filteredOn(r -> r >= 0).contains(row);
    }
    assertThat(rows.stream().filter(r -> r >= 0)).hasSize(30);
    assertThat(rows.stream().filter(r -> r == -1)).hasSize(6);
  }

  @Test
  void shufflesEachEpochDifferentlyAndTheSameForTheSameSeed() throws IOException {
    fit(options(2, 100, true), 100, this::zeroLoss);
    List<StepChunk> first = List.copyOf(chunks);
    chunks.clear();
    fit(options(2, 100, true), 100, this::zeroLoss);

    assertThat(chunks).usingRecursiveComparison().isEqualTo(first);
    assertThat(first.get(0).rows()).isNotEqualTo(first.get(1).rows());
  }

  @Test
  void takesFileOrderWithoutShuffle() throws IOException {
    fit(options(2, 4, false), 6, this::zeroLoss);

    assertThat(chunks)
        .allSatisfy(chunk -> assertThat(chunk.rows()).containsExactly(0, 1, 2, 3, 4, 5, -1, -1));
  }

  @Test
  void weighsTheLossOfAPaddedBatchByItsRows() throws IOException {
    History history =
        fit(
            options(1, 4, false),
            6,
            chunk -> new StepResults(new float[] {1f, 4f}, new int[] {2, 1}));

    Epoch epoch = history.last().orElseThrow();
    assertThat(epoch.loss()).isEqualTo((4 * 1.0 + 2 * 4.0) / 6, within(1e-12));
    assertThat(epoch.accuracy()).isEqualTo(0.5);
    assertThat(epoch.valLoss()).isEqualTo(0.5);
    assertThat(epoch.valAccuracy()).isEqualTo(0.75);
    assertThat(epoch.epoch()).isZero();
  }

  @Test
  void givesEveryStepTheLearningRate() throws IOException {
    fit(options(1, 1, false), 3, this::zeroLoss);

    assertThat(chunks.get(0).learningRates()).containsExactly(0.001f, 0.001f, 0.001f);
  }

  @Test
  void followsTheScheduleAcrossEpochsAndCalls() throws IOException {
    TrainingOptions options =
        new TrainingOptions(20, 1, 0.5f, 42, false, new Schedule(Schedule.Shape.COSINE, 0));
    fit(options, 20, this::zeroLoss);

    List<Float> rates = new ArrayList<>();
    for (StepChunk chunk : chunks) {
      for (float rate : chunk.learningRates()) {
        rates.add(rate);
      }
    }
    assertThat(rates).hasSize(400).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(rates.get(0)).isEqualTo(0.5f);
    assertThat(rates.get(200)).isCloseTo(0.25f, within(1e-6f));
    assertThat(rates.get(399)).isLessThan(0.001f);
  }

  @Test
  void stopsAtALossThatIsNotANumber() {
    assertThatThrownBy(
            () ->
                fit(
                    options(1, 2, false),
                    4,
                    chunk -> new StepResults(new float[] {1f, Float.NaN}, new int[] {1, 0})))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "epoch 0, step 1: loss is NaN at learning rate 0.001, expected a finite number."
                + " Use a smaller --learning-rate.");
  }

  @Test
  void growsTheCallWhileCallsAreFastAndShrinksItWhenTheyAreSlow() throws IOException {
    AtomicLong nanos = new AtomicLong();
    AtomicLong nanosPerStep = new AtomicLong(1_000_000);
    TrainStep step =
        chunk -> {
          chunks.add(chunk);
          nanos.addAndGet(chunk.steps() * nanosPerStep.get());
          if (chunks.size() == 6) {
            nanosPerStep.set(100_000_000);
          }
          return new StepResults(new float[chunk.steps()], new int[chunk.steps()]);
        };
    new Trainer(options(1, 1, false), step, () -> VALIDATION, new TrainingListener() {}, nanos::get)
        .fit(3000);

    assertThat(chunks.stream().mapToInt(StepChunk::steps))
        .startsWith(16, 64, 256, 500, 500, 500, 500, 5, 5);
  }

  @Test
  void beginsWithACallOfFewRows() throws IOException {
    fit(options(1, 300, false), 3000, this::zeroLoss);
    assertThat(chunks.stream().mapToInt(StepChunk::steps)).startsWith(1, 4);
  }

  @Test
  void tellsTheListenerOfEveryCallAndEveryEpoch() throws IOException {
    List<String> events = new ArrayList<>();
    AtomicLong nanos = new AtomicLong();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStepsEnd(Progress progress) {
            events.add("steps " + progress.rowsDone() + "/" + progress.rows());
          }

          @Override
          public void onEpochEnd(Epoch epoch, Progress progress) {
            events.add("epoch " + epoch.epoch() + " " + progress.imagesPerSecond());
          }
        };
    LongSupplier clock = () -> nanos.getAndAdd(1_000_000);
    TrainingListener twice = TrainingListener.all(listener, new TrainingListener() {});
    new Trainer(options(2, 4, true), this::zeroLoss, () -> VALIDATION, twice, clock).fit(8);

    // Two readings of the clock to a call: its start and its end.
    assertThat(events)
        .containsExactly("steps 8/8", "epoch 0 8000.0", "steps 8/8", "epoch 1 8000.0");
  }

  @Test
  void goesOnFromEverySafePointAsIfNothingHadHappened() throws IOException {
    List<TrainingState> states = new ArrayList<>();
    TrainingListener remember =
        new TrainingListener() {
          @Override
          public void onSafePoint(TrainingState state) {
            states.add(state);
          }
        };
    TrainingOptions options = options(3, 2, true);
    History whole =
        new Trainer(options, this::lossOfRows, () -> VALIDATION, remember, slowCalls()).fit(101);
    List<List<Integer>> wholeSteps = steps();
    assertThat(states).hasSizeGreaterThan(9);

    for (TrainingState state : states) {
      chunks.clear();
      TrainingListener none = new TrainingListener() {};
      History resumed =
          new Trainer(options, this::lossOfRows, () -> VALIDATION, none, slowCalls())
              .fit(101, state);
      assertThat(resumed).isEqualTo(whole);
      int done = 51 * state.epoch() + state.step();
      assertThat(steps()).isEqualTo(wholeSteps.subList(done, wholeSteps.size()));
    }
  }

  /** Calls of 16 steps at first, then of a few. */
  private static LongSupplier slowCalls() {
    AtomicLong nanos = new AtomicLong();
    return () -> nanos.addAndGet(700_000_000);
  }

  private StepResults lossOfRows(StepChunk chunk) {
    chunks.add(chunk);
    float[] losses = new float[chunk.steps()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = 1f / (3 + chunk.rows()[2 * i]);
    }
    return new StepResults(losses, new int[chunk.steps()]);
  }

  /** The rows of every step, however they were cut into calls. */
  private List<List<Integer>> steps() {
    List<List<Integer>> steps = new ArrayList<>();
    for (StepChunk chunk : chunks) {
      for (int i = 0; i < chunk.steps(); i++) {
        steps.add(List.of(chunk.rows()[2 * i], chunk.rows()[2 * i + 1]));
      }
    }
    return steps;
  }

  @Test
  void stopsWhereAListenerWantsItTo() {
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void onSafePoint(TrainingState state) throws IOException {
            throw new IOException("enough at " + state.step());
          }
        };
    Trainer trainer =
        new Trainer(
            options(1, 4, true),
            this::zeroLoss,
            () -> VALIDATION,
            TrainingListener.all(stop),
            System::nanoTime);

    assertThatThrownBy(() -> trainer.fit(100))
        .isInstanceOf(IOException.class)
        .hasMessage("enough at 16");
  }

  @Test
  void stopsAtAValidationLossThatIsNotANumber() {
    Trainer trainer =
        new Trainer(
            options(1, 2, false),
            this::zeroLoss,
            () -> new Score(Double.NaN, 0),
            new TrainingListener() {},
            System::nanoTime);

    assertThatThrownBy(() -> trainer.fit(4))
        .isInstanceOfSatisfying(
            DivergedException.class,
            e -> assertThat(List.of(e.epoch(), e.step())).containsExactly(0, 2))
        .hasMessage(
            "epoch 0, step 2: validation loss is NaN at learning rate 0.001, expected a finite"
                + " number. Use a smaller --learning-rate.");
  }

  @Test
  void refusesAStateThatCannotBe() {
    assertThatThrownBy(() -> new TrainingState(-1, 0, StepTotals.Sums.ZERO, 0, History.empty()))
        .hasMessage("epoch is -1 and step is 0, expected 0 or more");
    assertThatThrownBy(() -> new TrainingState(0, -1, StepTotals.Sums.ZERO, 0, History.empty()))
        .hasMessage("epoch is 0 and step is -1, expected 0 or more");
    assertThatThrownBy(() -> new TrainingState(2, 0, StepTotals.Sums.ZERO, 0, History.empty()))
        .hasMessage("the history has 0 epochs at epoch 2, expected as many");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> options(0, 32, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs is 0, expected 1 or more");
    assertThatThrownBy(() -> options(1, 0, true)).hasMessage("batch size is 0, expected 1 or more");
    assertThatThrownBy(() -> new TrainingOptions(1, 1, Float.NaN, 1, true))
        .hasMessage("learning rate is NaN, expected a finite number above 0");
    assertThatThrownBy(() -> new TrainingOptions(1, 1, Float.POSITIVE_INFINITY, 1, true))
        .hasMessage("learning rate is Infinity, expected a finite number above 0");
  }

  @Test
  void hasTheNotebooksDefaults() {
    assertThat(TrainingOptions.defaults()).isEqualTo(new TrainingOptions(10, 32, 0.001f, 42, true));
  }

  private History fit(TrainingOptions options, int rows, TrainStep step) throws IOException {
    return new Trainer(options, step, () -> VALIDATION, new TrainingListener() {}, System::nanoTime)
        .fit(rows);
  }

  private static TrainingOptions options(int epochs, int batchSize, boolean shuffle) {
    return new TrainingOptions(epochs, batchSize, 0.001f, 42, shuffle);
  }

  private StepResults zeroLoss(StepChunk chunk) {
    chunks.add(chunk);
    return new StepResults(new float[chunk.steps()], new int[chunk.steps()]);
  }
}
