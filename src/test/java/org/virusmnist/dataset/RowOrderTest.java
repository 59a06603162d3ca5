package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An order depends on rows, seed and epoch alone, so a resumed run repeats it. */
final class RowOrderTest {
  @Test
  void countsInSequence() {
    assertThat(RowOrder.sequential(4)).containsExactly(0, 1, 2, 3);
    assertThat(RowOrder.sequential(0)).isEmpty();
  }

  @Test
  void permutesEveryRow() {
    int[] order = RowOrder.shuffled(1000, 42, 3);
    assertThat(order).isNotEqualTo(RowOrder.sequential(1000));
    Arrays.sort(order);
    assertThat(order).isEqualTo(RowOrder.sequential(1000));
  }

  /** Computed by a second implementation, in Python. */
  @Test
  void staysTheSameForGood() {
    assertThat(RowOrder.shuffled(8, 42, 0)).containsExactly(5, 1, 7, 0, 3, 4, 2, 6);
  }

  @Test
  void differsBetweenEpochsAndSeeds() {
    assertThat(RowOrder.shuffled(50, 1, 0)).isEqualTo(RowOrder.shuffled(50, 1, 0));
    assertThat(RowOrder.shuffled(50, 1, 0)).isNotEqualTo(RowOrder.shuffled(50, 1, 1));
    assertThat(RowOrder.shuffled(50, 1, 0)).isNotEqualTo(RowOrder.shuffled(50, 2, 0));
    assertThat(RowOrder.shuffled(50, 1, 0)).isNotEqualTo(RowOrder.shuffled(50, 0, 1));
  }

  @Test
  void shufflesNothingAndOneRow() {
    assertThat(RowOrder.shuffled(0, 1, 0)).isEmpty();
    assertThat(RowOrder.shuffled(1, 1, 0)).containsExactly(0);
  }

  /** Pearson's chi-square with 119 degrees of freedom: 99.99 % of the values are below 186. */
  @Test
  void visitsEachPermutationOfFiveRowsEquallyOften() {
    int[] counts = new int[5 * 5 * 5 * 5 * 5];
    for (int epoch = 0; epoch < 120_000; epoch++) {
      int code = 0;
      for (int row : RowOrder.shuffled(5, 9, epoch)) {
        code = 5 * code + row;
      }
      counts[code]++;
    }
    double chiSquare =
        Arrays.stream(counts)
            .filter(n -> n > 0)
            .mapToDouble(n -> n - 1000.0)
            .map(d -> d * d / 1000)
            .sum();
    assertThat(Arrays.stream(counts).filter(n -> n > 0).count()).isEqualTo(120);
    assertThat(chiSquare).isLessThan(186);
  }

  /** A bound of 3 × 2^29 rejects a quarter of the draws; without that a third would be too few. */
  @Test
  void drawsLargeBoundsWithoutBias() {
    SplitMix64 random = new SplitMix64(1, 0);
    int third = 1 << 29;
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[random.below(3 * third) / third]++;
    }
    assertThat(counts[0]).isBetween(9_700, 10_300);
    assertThat(counts[1]).isBetween(9_700, 10_300);
  }

  /** From the reference splitmix64.c with the state 1234567: prng.di.unimi.it. */
  @Test
  void isTheReferenceGeneratorBehindItsSeed() {
    assertThat(SplitMix64.withState(1234567).next()).isEqualTo(6457827717110365317L);
  }
}
