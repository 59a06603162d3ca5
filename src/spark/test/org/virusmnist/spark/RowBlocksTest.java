package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever blocks are left out, as many as are needed always find a neighbour. */
class RowBlocksTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 16, 64, 255})
  void rowsWithinTheDistanceShareMoreBlocksThanMayBeLeftOut(int distance) {
    RowBlocks blocks = new RowBlocks(distance);
    Random random = new Random(distance);
    for (int trial = 0; trial < 200; trial++) {
      byte[] row = new byte[1024];
      random.nextBytes(row);
      byte[] near = changed(row, distance, random);

      assertThat(equalKeys(blocks, row, near)).isGreaterThan(blocks.count() - blocks.needed());
    }
  }

  @Test
  void countsDifferingBytesUpToOneMoreThanTheDistance() {
    RowBlocks blocks = new RowBlocks(4);
    byte[] row = new byte[1024];
    Random random = new Random(1);

    assertThat(blocks.differingBytes(row, row)).isZero();
    assertThat(blocks.differingBytes(row, changed(row, 3, random))).isEqualTo(3);
    assertThat(blocks.differingBytes(row, changed(row, 700, random))).isEqualTo(5);
  }

  @Test
  void equalBytesAtAnotherPlaceAreAnotherBlock() {
    long[] keys = new RowBlocks(16).keys(new byte[1024]);

    assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(34);
  }

  @Test
  void refusesDistancesThatLeaveTooFewBytesToABlock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowBlocks(256))
        .withMessage("distance is 256, expected 0 to 255");
  }

  private static long equalKeys(RowBlocks blocks, byte[] left, byte[] right) {
    long[] mine = blocks.keys(left);
    long[] theirs = blocks.keys(right);
    return IntStream.range(0, mine.length).filter(i -> mine[i] == theirs[i]).count();
  }

  /** Returns a copy that differs in so many bytes. */
  private static byte[] changed(byte[] row, int bytes, Random random) {
    byte[] changed = row.clone();
    random
        .ints(0, row.length)
        .distinct()
        .limit(bytes)
        .forEach(i -> changed[i] ^= (byte) (1 + random.nextInt(255)));
    return changed;
  }
}
