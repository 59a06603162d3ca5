package org.virusmnist.cli.input;

import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.RowOrder;
import org.virusmnist.dataset.Shards;
import org.virusmnist.dataset.TrainingRows;

/**
 * Rows of a file: all of it, or the part that a split took.
 *
 * @param file the whole file
 * @param rows row numbers in the file
 * @param images the rows in that order
 */
public record FileRows(CachedImages file, int[] rows, ImageSet images) {
  /** Returns every row of a file. */
  public static FileRows all(CachedImages file) {
    return new FileRows(file, RowOrder.sequential(file.images().size()), file.images());
  }

  /** Whether these are all rows, in the order of the file. */
  public boolean isWholeFile() {
    return images == file.images();
  }

  /** Returns them with the order in which epochs visit them. */
  public TrainingRows inEpochs() {
    return TrainingRows.of(rows, Shards.of(file.images().size()));
  }

  /** Returns the named rows of a file, in the order given. */
  public static FileRows of(CachedImages file, int[] rows) {
    return new FileRows(file, rows, file.images().select(rows));
  }
}
