package org.virusmnist.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.audit.NearestRows.Progress;
import org.virusmnist.dataset.ImageSet;

/** The search gives what comparing all bytes of all pairs gives. */
class NearestRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 63, 64})
  void findsANeighbourAtEveryDistance(int bytes) {
    Rows train = Rows.random(300, 1);
    Rows test = Rows.random(200, 2).copy(150, train, 299).change(150, bytes);
    Neighbours found = NearestRows.among(test.images(), train.images(), Progress.NONE);

    assertThat(found.size()).isEqualTo(200);
    assertThat(found.nearest(150)).isEqualTo(299);
    assertThat(found.distance(150)).isEqualTo(bytes);
    assertThat(found.isWithin(150, bytes)).isTrue();
    assertThat(bytes > 0 && found.isWithin(150, bytes - 1)).isFalse();
    assertThat(found.counts(null).get(4).rows()).isEqualTo(1);
  }

  @Test
  void knowsNoNeighbourBeyondTheFarthest() {
    Rows train = Rows.zeros(1);
    Rows test = Rows.zeros(1).change(0, 65);
    Neighbours found = NearestRows.among(test.images(), train.images(), Progress.NONE);

    assertThat(found.isWithin(0, 64)).isFalse();
    assertThatThrownBy(() -> found.nearest(0)).hasMessage("row 0 has no neighbour within 64 bytes");
    assertThatThrownBy(() -> found.distance(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> found.isWithin(0, 65)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void takesTheFirstOfEquallyNearRows() {
    Rows train = Rows.zeros(400).change(0, 3).change(1, 2).change(2, 2);
    for (int row = 3; row < 400; row++) {
      train.change(row, 5);
    }
    Neighbours found = NearestRows.among(Rows.zeros(1).images(), train.images(), Progress.NONE);

    assertThat(found.nearest(0)).isEqualTo(1);
    assertThat(found.distance(0)).isEqualTo(2);
  }

  @Test
  void looksOnlyAtEarlierRowsWithinASet() {
    Rows rows = Rows.random(260, 3);
    rows.copy(259, rows, 4).copy(100, rows, 4).change(100, 1);
    Neighbours found = NearestRows.before(rows.images(), Progress.NONE);

    assertThat(found.isWithin(4, 64)).isFalse();
    assertThat(found.nearest(100)).isEqualTo(4);
    assertThat(found.nearest(259)).isEqualTo(4);
    assertThat(found.counts(null).stream().map(NearCount::rows)).containsExactly(1, 2, 2, 2, 2);
  }

  @Test
  void agreesWithComparingEveryByte() {
    Random random = new Random(4);
    Rows train = Rows.random(150, 5);
    Rows test = Rows.random(140, 6);
    for (int row = 0; row < 140; row++) {
      test.copy(row, train, random.nextInt(150)).change(row, random.nextInt(90));
    }
    ImageSet trainImages = train.images();
    ImageSet testImages = test.images();
    Neighbours found = NearestRows.among(testImages, trainImages, Progress.NONE);

    for (int row = 0; row < 140; row++) {
      int least = Integer.MAX_VALUE;
      for (int other = 0; other < 150; other++) {
        least = Math.min(least, Rows.distance(testImages, row, trainImages, other));
      }
      assertThat(found.isWithin(row, 64)).isEqualTo(least <= 64);
      assertThat(least > 64 || found.distance(row) == least).isTrue();
    }
  }

  @Test
  void saysHowFarItIs() {
    List<Long> done = new ArrayList<>();
    NearestRows.before(
        Rows.random(300, 7).images(),
        (pairs, total) -> {
          assertThat(total).isEqualTo(300 * 299 / 2);
          done.add(pairs);
        });

    assertThat(done).hasSizeGreaterThan(2).isSorted().endsWith(300L * 299 / 2);
  }

  @Test
  void countsWhatWasPredictedRightAmongTheOthers() {
    Rows train = Rows.random(2, 8);
    Rows test = Rows.random(4, 9).copy(0, train, 0).copy(1, train, 1).change(1, 16);
    BitSet correct = BitSet.valueOf(new long[] {0b0111});
    List<NearCount> counts =
        NearestRows.among(test.images(), train.images(), Progress.NONE).counts(correct);

    assertThat(counts)
        .containsExactly(
            new NearCount(0, 1, 4, 2),
            new NearCount(1, 1, 4, 2),
            new NearCount(4, 1, 4, 2),
            new NearCount(16, 2, 4, 1),
            new NearCount(64, 2, 4, 1));
    assertThat(counts.get(3).share()).isEqualTo(0.5);
    assertThat(counts.get(3).accuracyOfOthers()).hasValue(0.5);
  }
}
