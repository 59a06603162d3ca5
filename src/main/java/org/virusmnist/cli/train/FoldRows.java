package org.virusmnist.cli.train;

import java.util.stream.IntStream;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.FileRows;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.GroupFolds;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.Split;

/**
 * Rows of a training file by folds: trained and validated on outside of a fold, tested inside.
 *
 * @param data how the rows outside are split
 * @param file all rows
 * @param groups which of them belong together
 * @param folds which of them are held out together
 * @param names names of the classes
 */
public record FoldRows(
    DataOptions data, CachedImages file, Groups groups, GroupFolds folds, ClassNames names) {

  /**
   * Reads the training file and cuts it into folds.
   *
   * @throws IllegalArgumentException if it cannot be cut into so many
   */
  public static FoldRows of(
      DataOptions data, FoldOptions wanted, CachedImages file, Groups groups, ClassNames names) {
    GroupFolds folds =
        GroupFolds.of(file.images().labels(), names.size(), groups, wanted.count(), wanted.seed());
    return new FoldRows(data, file, groups, folds, names);
  }

  /** Returns the rows of a fold, from 0; the seed splits those outside of it. */
  public DataOptions.Rows of(int fold, long seed) {
    int[] rest = folds.outside(fold);
    Split split = data.split(file.images().select(rest), groups.select(rest), names.size(), seed);
    return new DataOptions.Rows(
        FileRows.of(file, chosen(rest, split.train())),
        FileRows.of(file, chosen(rest, split.validation())),
        FileRows.of(file, folds.inside(fold)),
        names,
        null);
  }

  /** Returns how many rows are trained on in the fold that has the fewest. */
  int fewestTrainRows(long seed) {
    return IntStream.range(0, folds.count())
        .map(fold -> of(fold, seed).train().size())
        .min()
        .orElseThrow();
  }

  private static int[] chosen(int[] rows, int[] places) {
    int[] chosen = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = rows[places[i]];
    }
    return chosen;
  }
}
