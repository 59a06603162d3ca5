package org.virusmnist.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;

class EqualRowsTest {
  private final Rows some = Rows.random(5, 1);

  @Test
  void countsRepeatedRowsOfEachSetByItself() {
    some.copy(2, some, 0).copy(4, some, 0);
    Rows others = Rows.random(2, 2).copy(1, some, 0);
    EqualRows equal = EqualRows.of(List.of(some.images(), others.images()));

    assertThat(equal.duplicates(0)).isEqualTo(rows(2, 4));
    assertThat(equal.duplicates(1)).isEqualTo(rows());
    assertThat(equal.conflictCount()).isZero();
  }

  @Test
  void findsEqualPixelsWithDifferentLabelsInBothSets() {
    ImageSet train = some.copy(3, some, 1).labelled(0, 1, 2, 1, 4);
    ImageSet test = Rows.random(3, 2).copy(0, some, 1).copy(2, some, 4).labelled(7, 1, 4);
    EqualRows equal = EqualRows.of(List.of(train, test));

    assertThat(equal.conflicts(0)).isEqualTo(rows(1, 3));
    assertThat(equal.conflicts(1)).isEqualTo(rows(0));
    assertThat(equal.conflictCount()).isEqualTo(3);
  }

  @Test
  void holdsARowWithoutLabelAgainstNobody() {
    ImageSet train = some.labelled(0, 1, 2, 3, 4);
    EqualRows equal = EqualRows.of(List.of(train, Rows.random(1, 2).copy(0, some, 1).images()));

    assertThat(equal.conflictCount()).isZero();
    assertThat(equal.duplicates(1)).isEqualTo(rows());
  }

  @Test
  void tellsRowsThatDifferInOneByteApart() {
    EqualRows equal = EqualRows.of(List.of(Rows.zeros(2).change(1, 1).labelled(0, 1)));

    assertThat(equal.duplicates(0)).isEqualTo(rows());
    assertThat(equal.conflictCount()).isZero();
  }

  private static BitSet rows(int... rows) {
    BitSet set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }
}
