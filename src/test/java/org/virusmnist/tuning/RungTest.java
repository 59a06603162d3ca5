package org.virusmnist.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Successive halving's rounds, against those of Hyperband's paper. */
class RungTest {
  /** Table 1 of Li and others 2018, bracket s = 4: R = 81, η = 3. */
  @Test
  void areThoseOfTheFirstBracketOfThePaper() {
    assertThat(Rung.halving(81, 81, 3))
        .containsExactly(
            new Rung(81, 1), new Rung(27, 3), new Rung(9, 9), new Rung(3, 27), new Rung(1, 81));
  }

  @Test
  void endWithAllEpochsWhereNothingDividesEvenly() {
    assertThat(Rung.halving(20, 10, 3))
        .containsExactly(new Rung(20, 1), new Rung(6, 3), new Rung(2, 10));
  }

  @Test
  void areOneWhereThereIsNothingToHalve() {
    assertThat(Rung.halving(2, 81, 3)).containsExactly(new Rung(2, 81));
    assertThat(Rung.halving(81, 2, 3)).containsExactly(new Rung(81, 2));
    assertThat(Rung.halving(1, 1, 2)).containsExactly(new Rung(1, 1));
  }

  @Test
  void areOneInARandomSearch() {
    assertThat(Rung.random(7, 10)).isEqualTo(List.of(new Rung(7, 10)));
  }
}
