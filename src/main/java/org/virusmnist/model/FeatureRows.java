package org.virusmnist.model;

import java.util.Objects;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;

/** The base's features of N images, float32 [N,F], in native memory or in files. */
public interface FeatureRows {
  /**
   * Returns the number of images.
   *
   * @return N
   */
  int size();

  /**
   * Returns the number of features of an image.
   *
   * @return F
   */
  int featureCount();

  /**
   * Copies the features of one image; several threads may do so at a time.
   *
   * @param row the image, from 0
   * @param target receives F × 4 bytes, in the machine's order
   * @throws IndexOutOfBoundsException if there is no such row
   */
  void copyTo(int row, ByteDataBuffer target);

  /**
   * Copies chosen rows into native memory.
   *
   * @param rows row numbers, from 0
   * @return new features in the chosen order, to be closed by the caller
   * @throws IndexOutOfBoundsException if there is no such row
   */
  default Features select(int[] rows) {
    Features selected = new Features(rows.length, featureCount());
    try {
      copyTo(rows, selected);
      return selected;
    } catch (RuntimeException e) {
      selected.close();
      throw e;
    }
  }

  /**
   * Copies chosen rows into the first rows of other features, with all processors.
   *
   * @param rows row numbers, from 0
   * @param target receives them; at least as many rows
   * @throws IndexOutOfBoundsException if there is no such row
   */
  default void copyTo(int[] rows, Features target) {
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> copyTo(Objects.checkIndex(rows[i], size()), target.bytesOf(i)));
  }
}
