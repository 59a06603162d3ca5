package org.virusmnist.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StepTotalsTest {
  private final StepTotals totals = new StepTotals();

  @Test
  void weighsStepsByTheirRows() {
    totals.add(2.0, 8, 32);
    totals.add(1.0, 4, 16);

    assertThat(totals.loss()).isEqualTo(80.0 / 48);
    assertThat(totals.accuracy()).isEqualTo(0.25);
    assertThat(totals.rows()).isEqualTo(48);
  }

  @Test
  void stepOfPaddingAloneChangesNothing() {
    totals.add(2.0, 8, 32);
    totals.add(0.0, 0, 0);

    assertThat(totals.loss()).isEqualTo(2.0);
    assertThat(totals.accuracy()).isEqualTo(0.25);
  }

  @Test
  void isZeroBeforeTheFirstRow() {
    assertThat(totals.loss()).isZero();
    assertThat(totals.accuracy()).isZero();
  }

  @Test
  void rejectsMoreCorrectRowsThanRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> totals.add(1, 33, 32))
        .withMessage("33 of 32 rows are correct, expected 0 to 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> totals.add(1, -1, 32))
        .withMessage("-1 of 32 rows are correct, expected 0 to 32");
  }

  @Test
  void goesOnFromItsSumsToTheBit() {
    StepTotals whole = new StepTotals();
    whole.add(0.1, 3, 4);
    StepTotals resumed = new StepTotals(whole.sums());
    whole.add(0.7, 1, 3);
    resumed.add(0.7, 1, 3);

    assertThat(resumed.sums()).isEqualTo(whole.sums());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    assertThat(resumed.accuracy()).isEqualTo(whole.accuracy());
  }
}
