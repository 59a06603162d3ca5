package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Every row is in one batch, in the order given; what pads the last batch is no row. */
final class BatchPlanTest {
  private final BatchPlan plan = BatchPlan.of(new int[] {4, 2, 0, 3, 1}, 2);

  @Test
  void roundsTheStepsUp() {
    assertThat(plan.steps()).isEqualTo(3);
    assertThat(plan.batchSize()).isEqualTo(2);
    assertThat(BatchPlan.of(new int[4], 2).steps()).isEqualTo(2);
    assertThat(BatchPlan.of(new int[1], 32).steps()).isEqualTo(1);
  }

  @Test
  void padsTheLastBatch() {
    assertThat(plan.rows(0, 3)).containsExactly(4, 2, 0, 3, 1, -1);
  }

  @Test
  void cutsOutSomeSteps() {
    assertThat(plan.rows(1, 1)).containsExactly(0, 3);
    assertThat(plan.rows(1, 2)).containsExactly(0, 3, 1, -1);
    assertThat(plan.rows(2, 0)).isEmpty();
  }

  @Test
  void countsTheRowsThatAreNotPadding() {
    assertThat(plan.validRows(0)).isEqualTo(2);
    assertThat(plan.validRows(2)).isEqualTo(1);
    assertThat(BatchPlan.of(new int[4], 2).validRows(1)).isEqualTo(2);
  }

  @Test
  void copiesTheOrder() {
    int[] order = {0, 1};
    BatchPlan copied = BatchPlan.of(order, 2);
    order[0] = 9;
    assertThat(copied.rows(0, 1)).containsExactly(0, 1);
  }

  @Test
  void refusesStepsThatDoNotExist() {
    assertThatThrownBy(() -> plan.rows(2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> plan.validRows(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesAnEmptyPlan() {
    assertThatThrownBy(() -> BatchPlan.of(new int[] {0}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batchSize (0) must be positive");
    assertThatThrownBy(() -> BatchPlan.of(new int[0], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("order is empty, expected at least 1 row");
  }
}
