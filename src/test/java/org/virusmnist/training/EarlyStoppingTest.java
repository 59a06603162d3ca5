package org.virusmnist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener.Progress;

/** Epochs without improvement are counted as Keras counts them. */
class EarlyStoppingTest {
  private final List<String> kept = new ArrayList<>();

  @Test
  void endsAfterSoManyEpochsWithoutImprovement() {
    EarlyStopping stopping = stopping(Monitor.VAL_LOSS, 2);
    boolean[] over = feed(stopping, 5, 4, 4.5, 3, 3, 3.5);

    assertThat(over).containsExactly(false, false, false, false, false, true);
    assertThat(kept).containsExactly("kept", "kept", "kept");
    assertThat(stopping.bestEpoch()).isEqualTo(3);
    assertThat(stopping.lastEpoch()).isEqualTo(5);
  }

  @Test
  void takesMoreForBetterWhereTheScoreIsAnAccuracy() {
    EarlyStopping stopping = stopping(Monitor.VAL_ACCURACY, 1);
    assertThat(feed(stopping, 9, 8)).containsExactly(false, false);

    stopping.onEpochEnd(new Epoch(2, 1, 1, 1, 0.1), progress());
    assertThat(stopping.isOver()).isTrue();
    assertThat(stopping.bestEpoch()).isEqualTo(1);
  }

  @Test
  void remembersAfterAResume() {
    EarlyStopping before = stopping(Monitor.VAL_LOSS, 2);
    feed(before, 5, 4, 4.5);
    Map<String, String> saved = before.save();
    EarlyStopping after = stopping(Monitor.VAL_LOSS, 2);
    after.restore(saved);

    assertThat(after.isOver()).isFalse();
    after.onEpochEnd(epoch(3, 4.2), progress());
    assertThat(after.isOver()).isTrue();
    assertThat(after.bestEpoch()).isEqualTo(1);
    assertThat(after.name()).isEqualTo("test");
  }

  @Test
  void remembersNothingBeforeTheFirstEpoch() {
    EarlyStopping stopping = stopping(Monitor.LOSS, 1);
    stopping.restore(Map.of());
    assertThat(stopping.bestEpoch()).isEqualTo(-1);
    assertThat(stopping.lastEpoch()).isEqualTo(-1);
    assertThat(stopping.isOver()).isFalse();
  }

  @Test
  void refusesNoPatience() {
    assertThatThrownBy(() -> stopping(Monitor.LOSS, 0))
        .hasMessage("patience is 0, expected 1 or more");
  }

  private EarlyStopping stopping(Monitor monitor, int patience) {
    return new EarlyStopping("test", monitor, patience, () -> kept.add("kept"));
  }

  private static boolean[] feed(EarlyStopping stopping, double... valLosses) {
    boolean[] over = new boolean[valLosses.length];
    for (int i = 0; i < valLosses.length; i++) {
      stopping.onEpochEnd(epoch(i, valLosses[i]), progress());
      over[i] = stopping.isOver();
    }
    return over;
  }

  /** Validation loss and accuracy move against each other. */
  static Epoch epoch(int number, double valLoss) {
    return new Epoch(number, 1, 0.5, valLoss, 1 - valLoss / 10);
  }

  static Progress progress() {
    return new Progress(0, 1, 1, 1, 1, 1, 1);
  }
}
