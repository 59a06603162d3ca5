package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Epoch FIRST = new Epoch(0, 2.0, 0.2, 1.9, 0.3);
  private static final Epoch SECOND = new Epoch(1, 1.5, 0.4, 1.2, 0.5);
  private static final Epoch THIRD = new Epoch(2, 1.0, 0.6, 1.4, 0.6);
  private static final Epoch FOURTH = new Epoch(3, 0.8, 0.7, 1.2, 0.6);

  @Test
  void appendingLeavesTheShorterHistoryAsItWas() {
    History one = History.empty().append(FIRST);

    History two = one.append(SECOND);

    assertThat(one.epochs()).containsExactly(FIRST);
    assertThat(two.epochs()).containsExactly(FIRST, SECOND);
    assertThat(two.size()).isEqualTo(2);
  }

  @Test
  void isASnapshotOfTheListItWasGiven() {
    List<Epoch> epochs = new ArrayList<>(List.of(FIRST));
    History history = new History(epochs);

    epochs.add(SECOND);

    assertThat(history.epochs()).containsExactly(FIRST);
  }

  @Test
  void lastIsTheNewestEpoch() {
    assertThat(History.empty().last()).isEmpty();
    assertThat(new History(List.of(FIRST, SECOND)).last()).contains(SECOND);
  }

  @Test
  void firstOfEquallySmallValidationLossesIsBest() {
    History history = new History(List.of(FIRST, SECOND, THIRD, FOURTH));

    assertThat(history.bestByValLoss()).contains(SECOND);
  }

  @Test
  void firstOfEquallyLargeValidationAccuraciesIsBest() {
    History history = new History(List.of(FIRST, SECOND, THIRD, FOURTH));

    assertThat(history.bestByValAccuracy()).contains(THIRD);
  }

  @Test
  void unvalidatedEpochsAreNeverBest() {
    History history = new History(List.of(Epoch.unvalidated(0, 2, 0.1), SECOND));

    assertThat(history.bestByValLoss()).contains(SECOND);
    assertThat(history.bestByValAccuracy()).contains(SECOND);
    assertThat(History.empty().append(Epoch.unvalidated(0, 2, 0.1)).bestByValLoss()).isEmpty();
  }

  @Test
  void rejectsEpochThatDoesNotFollow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new History(List.of(SECOND)).append(SECOND))
        .withMessage("epoch 1 follows epoch 1");
  }
}
