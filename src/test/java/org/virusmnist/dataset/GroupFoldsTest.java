package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folds keep groups whole, use every row once, and are scikit-learn's where nothing is random. */
class GroupFoldsTest {
  private static final int[] LABELS = {
    0, 1, 0, 2, 1, 1, 2, 0, 0, 2, 0, 0, 1, 2, 0, 1, 0, 0, 1, 1,
    2, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 2, 2, 0, 1, 1, 2, 0
  };
  private static final int[] GROUPS = {
    10, 8, 9, 3, 8, 8, 0, 5, 3, 10, 11, 9, 9, 10, 5, 7, 6, 0, 4, 7,
    8, 10, 1, 10, 6, 2, 2, 1, 3, 10, 5, 8, 1, 10, 8, 11, 7, 8, 11, 1
  };

  /** {@code StratifiedGroupKFold(4).split(LABELS, LABELS, GROUPS)} of scikit-learn 1.9.1. */
  private static final int[] SCIKIT_LEARN = {
    0, 3, 3, 1, 3, 3, 0, 0, 1, 0, 1, 3, 3, 0, 0, 1, 2, 0, 0, 1,
    3, 0, 2, 0, 2, 2, 2, 2, 1, 0, 0, 3, 2, 0, 3, 1, 1, 3, 1, 2
  };

  @Test
  void areThoseOfScikitLearn() {
    Groups groups = groups();
    // scikit-learn takes groups in the order of their names.
    int[] order =
        IntStream.range(0, groups.count())
            .boxed()
            .sorted((a, b) -> Integer.compare(nameOf(groups, a), nameOf(groups, b)))
            .mapToInt(Integer::intValue)
            .toArray();
    GroupFolds folds = GroupFolds.of(LABELS, 3, groups, 4, order);

    for (int fold = 0; fold < 4; fold++) {
      int wanted = fold;
      assertThat(folds.inside(fold))
          .containsExactly(
              IntStream.range(0, 40).filter(row -> SCIKIT_LEARN[row] == wanted).toArray());
    }
  }

  private static int nameOf(Groups groups, int group) {
    return IntStream.range(0, 40)
        .filter(r -> groups.of(r) == group)
        .map(r -> GROUPS[r])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void useEveryRowOnceAndTearNoGroup() {
    Groups groups = groups();
    GroupFolds folds = GroupFolds.of(LABELS, 3, groups, 3, 7);
    Set<Integer> rows = new HashSet<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      Set<Integer> inside = new HashSet<>();
      Arrays.stream(folds.inside(fold)).map(groups::of).forEach(inside::add);
      assertThat(Arrays.stream(folds.outside(fold)).map(groups::of))
          .doesNotContainAnyElementsOf(inside);
      Arrays.stream(folds.inside(fold)).forEach(rows::add);
      assertThat(folds.inside(fold).length + folds.outside(fold).length).isEqualTo(40);
    }
    assertThat(rows).hasSize(40);
  }

  @Test
  void keepClassSharesWhereRowsStandAlone() {
    int[] labels = IntStream.range(0, 100).map(row -> row % 4).toArray();
    GroupFolds folds = GroupFolds.of(labels, 4, Groups.single(100), 5, 1);
    for (int fold = 0; fold < 5; fold++) {
      int[] inside = folds.inside(fold);
      for (int c = 0; c < 4; c++) {
        int label = c;
        assertThat(Arrays.stream(inside).filter(row -> labels[row] == label).count()).isEqualTo(5);
      }
    }
    assertThat(GroupFolds.of(labels, 4, Groups.single(100), 5, 1).inside(0))
        .isEqualTo(folds.inside(0));
    assertThat(GroupFolds.of(labels, 4, Groups.single(100), 5, 2).inside(0))
        .isNotEqualTo(folds.inside(0));
  }

  @Test
  void splitTakesAboutTheShareAndNoPartOfAGroup() {
    Groups groups = groups();
    Split split = GroupFolds.split(LABELS, 3, groups, 0.33, 5);
    assertThat(split.validation().length).isBetween(8, 18);
    Set<Integer> validated = new HashSet<>();
    Arrays.stream(split.validation()).map(groups::of).forEach(validated::add);
    assertThat(Arrays.stream(split.train()).map(groups::of)).doesNotContainAnyElementsOf(validated);
    assertThatThrownBy(() -> GroupFolds.split(LABELS, 3, groups, 0.7, 5))
        .hasMessage("the fraction is 0.7, expected more than 0 and at most 0.5 with groups");
  }

  /** A package of 60 rows among forty of one: a tenth of all is ten rows, not sixty. */
  @Test
  void splitDoesNotTakeTheLargestGroupForASmallShare() {
    String[] names = new String[100];
    Arrays.setAll(names, row -> row < 60 ? "large" : "row " + row);
    Groups groups = Groups.of(List.of(names));
    int[] labels = IntStream.range(0, 100).map(row -> row < 60 ? 0 : row % 2).toArray();

    for (long seed = 0; seed < 5; seed++) {
      Split split = GroupFolds.split(labels, 2, groups, 0.1, seed);
      assertThat(split.validation()).hasSizeBetween(3, 10).doesNotContain(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50", "0.45, 45", "0.4, 40", "0.33, 33", "0.3, 30", "0.15, 14", "0.05, 5"})
  void splitTakesTheShareThatWasAskedFor(double share, int rows) {
    int[] labels = IntStream.range(0, 100).map(row -> row % 2).toArray();
    String[] names = new String[100];
    Arrays.setAll(names, row -> row < 2 ? "pair" : "row " + row);
    Split split = GroupFolds.split(labels, 2, Groups.of(List.of(names)), share, 3);

    assertThat(split.validation()).hasSizeBetween(rows - 3, rows + 3).isSorted();
    assertThat(split.train()).hasSize(100 - split.validation().length).isSorted();
    assertThat(split.train()).doesNotContain(split.validation());
  }

  @Test
  void refuseASingleGroup() {
    Groups one = Groups.of(List.of("a", "a", "a"));
    assertThatThrownBy(() -> GroupFolds.split(new int[3], 1, one, 0.3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is one group only, expected 2 or more; name another --group-column");
  }

  @Test
  void refuseMoreFoldsThanGroups() {
    Groups groups = groups();
    assertThatThrownBy(() -> GroupFolds.of(LABELS, 3, groups, 13, 0))
        .hasMessage("folds is 13, expected 2 to 12, the number of groups");
    assertThatThrownBy(() -> GroupFolds.of(LABELS, 3, groups, 1, 0))
        .hasMessage("folds is 1, expected 2 to 12, the number of groups");
  }

  private static Groups groups() {
    return Groups.of(Arrays.stream(GROUPS).mapToObj(Integer::toString).toList());
  }
}
