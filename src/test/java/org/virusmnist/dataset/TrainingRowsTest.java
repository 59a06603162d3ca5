package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {
  /** 10 rows of 25, in 4 shards of 7, 6, 6 and 6 rows. */
  private static final int[] PLACES = {24, 3, 4, 8, 9, 10, 13, 17, 20, 21};

  private static final Shards SHARDS = new Shards(25, 7);

  @Test
  void visitsRowsOfOneShardAsIfThereWereNone() {
    assertThat(TrainingRows.of(PLACES, new Shards(25, 25)).shuffled(42, 3))
        .isEqualTo(RowOrder.shuffled(10, 42, 3));
    assertThat(TrainingRows.all(10).shuffled(42, 3)).isEqualTo(RowOrder.shuffled(10, 42, 3));
  }

  @Test
  void visitsOneShardAfterTheOther() {
    int[] order = TrainingRows.of(PLACES, SHARDS).shuffled(42, 0);

    assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 10).toArray());
    int[] shards = Arrays.stream(order).map(row -> PLACES[row] % 4).toArray();
    long changes =
        IntStream.range(1, shards.length).filter(i -> shards[i] != shards[i - 1]).count();
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void dependsOnSeedAndEpochAlone() {
    TrainingRows rows = TrainingRows.of(PLACES, SHARDS);
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      orders.add(Arrays.stream(rows.shuffled(42, epoch)).boxed().toList());
    }
    assertThat(orders).hasSize(50);
    assertThat(rows.shuffled(42, 7))
        .isEqualTo(TrainingRows.of(PLACES, SHARDS).shuffled(42, 7))
        .isNotEqualTo(rows.shuffled(43, 7));
  }

  /** Every shard is first about as often as the others. */
  @Test
  void shufflesTheShards() {
    TrainingRows rows = TrainingRows.of(RowOrder.sequential(40), new Shards(40, 10));
    int[] first = new int[4];
    for (int epoch = 0; epoch < 400; epoch++) {
      first[rows.shuffled(1, epoch)[0] % 4]++;
    }
    for (int count : first) {
      assertThat(count).isBetween(70, 130);
    }
  }

  @Test
  void refusesARowThatIsNotThere() {
    assertThatThrownBy(() -> TrainingRows.of(new int[] {25}, SHARDS))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void dealsRowsOutLikeCards() {
    assertThat(SHARDS.count()).isEqualTo(4);
    assertThat(IntStream.range(0, 9).map(SHARDS::shard)).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0);
    assertThat(IntStream.range(0, 9).map(SHARDS::place)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2);
    assertThat(new Shards(0, 7).count()).isEqualTo(1);
    assertThat(new Shards(7, 7).count()).isEqualTo(1);
    assertThat(new Shards(8, 7).count()).isEqualTo(2);
    assertThat(Shards.of(Integer.MAX_VALUE).count()).isEqualTo(8192);
    assertThatThrownBy(() -> new Shards(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 0 or more in shards of 1 or more");
  }
}
