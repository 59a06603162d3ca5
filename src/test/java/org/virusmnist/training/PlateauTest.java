package org.virusmnist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.virusmnist.dataset.TrainingRows;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;

/** The learning rate falls where Keras's ReduceLROnPlateau lets it fall. */
class PlateauTest {
  private static final Plateau.Settings SETTINGS = new Plateau.Settings(2, 0.5f);

  @Test
  void lowersTheRateAfterEveryRunOfEpochsWithoutImprovement() {
    Plateau plateau = new Plateau("test", Monitor.VAL_LOSS, SETTINGS);
    List<Float> factors = new ArrayList<>();
    // 3.99995 is an improvement of less than 0.0001.
    for (double loss : new double[] {5, 4, 3.99995, 4, 3, 3, 3, 3, 3}) {
      plateau.onEpochEnd(EarlyStoppingTest.epoch(factors.size(), loss), progress());
      factors.add(plateau.factor());
    }
    assertThat(factors).containsExactly(1f, 1f, 1f, .5f, .5f, .5f, .25f, .25f, .125f);
  }

  @Test
  void remembersAfterAResume() {
    Plateau before = new Plateau("test", Monitor.VAL_LOSS, SETTINGS);
    for (int i = 0; i < 4; i++) {
      before.onEpochEnd(EarlyStoppingTest.epoch(i, 3), progress());
    }
    Plateau after = new Plateau("test", Monitor.VAL_LOSS, SETTINGS);
    after.restore(before.save());
    assertThat(after.factor()).isEqualTo(0.5f);
    after.onEpochEnd(EarlyStoppingTest.epoch(4, 3), progress());
    assertThat(after.factor()).isEqualTo(0.25f);
    assertThat(after.save()).containsKeys("best", "waited", "factor");
  }

  /** The trainer asks for the factor in every epoch anew, and ends a phase that is over. */
  @Test
  void governsTheRatesOfATrainer() throws IOException {
    Plateau plateau = new Plateau("p", Monitor.VAL_LOSS, new Plateau.Settings(1, 0.5f));
    EarlyStopping stopping = new EarlyStopping("s", Monitor.VAL_LOSS, 3, () -> {});
    List<Float> rates = new ArrayList<>();
    TrainingOptions options =
        new TrainingOptions(9, 4, 0.5f, 1, false, new Schedule(Schedule.Shape.PLATEAU, 0));
    Phase phase =
        new Phase(options, 0, 20, plateau::factor, stopping::isOver, "--fine-tune-learning-rate");
    AtomicInteger epochs = new AtomicInteger();
    TrainingState end =
        new Trainer(
                phase,
                chunk -> {
                  rates.add(chunk.learningRates()[0]);
                  return new StepResults(new float[chunk.steps()], new int[chunk.steps()]);
                },
                () -> new Score(epochs.getAndIncrement() == 0 ? 1 : 2, 0.5),
                TrainingListener.all(plateau, stopping),
                System::nanoTime)
            .run(TrainingRows.all(4), TrainingState.start());

    assertThat(rates).containsExactly(0.5f, 0.5f, 0.25f, 0.125f);
    assertThat(end.epoch()).isEqualTo(4);
    assertThat(end.history().size()).isEqualTo(4);
  }

  @Test
  void beginsItsScheduleAnewInASecondPhaseAndNamesItsOption() throws IOException {
    TrainingOptions options =
        new TrainingOptions(2, 1, 0.5f, 1, false, new Schedule(Schedule.Shape.COSINE, 0));
    List<Float> rates = new ArrayList<>();
    Trainer first =
        new Trainer(
            options, chunk -> rates(chunk, rates), () -> new Score(1, 1), none(), System::nanoTime);
    TrainingState middle = first.run(TrainingRows.all(2), TrainingState.start());
    List<Float> ofFirst = List.copyOf(rates);
    rates.clear();
    Phase second = new Phase(options, 2, 4, () -> 1, () -> false, "--fine-tune-learning-rate");
    TrainingState end =
        new Trainer(
                second,
                chunk -> rates(chunk, rates),
                () -> new Score(1, 1),
                none(),
                System::nanoTime)
            .run(TrainingRows.all(2), middle);
    assertThat(rates).isEqualTo(ofFirst);
    assertThat(end.history().size()).isEqualTo(4);

    Trainer diverging =
        new Trainer(
            second,
            chunk -> new StepResults(new float[] {Float.NaN, 0}, new int[2]),
            () -> new Score(1, 1),
            none(),
            System::nanoTime);
    assertThatThrownBy(() -> diverging.run(TrainingRows.all(2), middle))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "epoch 2, step 0: loss is NaN at learning rate 0.5, expected a finite number. Use a"
                + " smaller --fine-tune-learning-rate.");
  }

  private static StepResults rates(StepChunk chunk, List<Float> rates) {
    for (float rate : chunk.learningRates()) {
      rates.add(rate);
    }
    return new StepResults(new float[chunk.steps()], new int[chunk.steps()]);
  }

  private static TrainingListener none() {
    return new TrainingListener() {};
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0.5|plateau patience is 0, expected 1 or more",
        "1|0|plateau factor is 0.0, expected more than 0 and less than 1",
        "1|1|plateau factor is 1.0, expected more than 0 and less than 1",
        "1|NaN|plateau factor is NaN, expected more than 0 and less than 1",
      })
  void refusesSettingsOutOfRange(int patience, float factor, String message) {
    assertThatThrownBy(() -> new Plateau.Settings(patience, factor)).hasMessage(message);
  }

  private static TrainingListener.Progress progress() {
    return EarlyStoppingTest.progress();
  }
}
