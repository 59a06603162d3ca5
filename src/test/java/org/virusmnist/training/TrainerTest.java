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

    // Three readings of the clock to an epoch: its start, the call's start, the call's end.
    assertThat(events)
        .containsExactly("steps 8/8", "epoch 0 4000.0", "steps 8/8", "epoch 1 4000.0");
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
