package org.virusmnist.model;

import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * The base's features of N images, float32 [N,F] in native memory.
 *
 * <p>The base is frozen, so these are computed once and fed to every training call by reference.
 * Rows may be filled by several threads at a time, each row by one of them. Whoever asked for the
 * features closes them.
 */
public final class Features implements AutoCloseable {
  private final int size;
  private final int featureCount;
  private final TFloat32 tensor;
  private final FloatDataBuffer values;
  private boolean isClosed;

  Features(int size, int featureCount) {
    this.size = size;
    this.featureCount = featureCount;
    this.tensor = TFloat32.tensorOf(Shape.of(size, featureCount));
    this.values = tensor.asRawTensor().data().asFloats();
  }

  /**
   * Returns the number of images.
   *
   * @return N
   */
  public int size() {
    return size;
  }

  /**
   * Returns the number of features of an image.
   *
   * @return F
   */
  public int featureCount() {
    return featureCount;
  }

  /**
   * Copies the features of consecutive images out of native memory.
   *
   * @param fromRow the first image
   * @param target receives count × F values, row by row
   */
  public void read(int fromRow, float[] target) {
    requireOpen();
    values.slice((long) fromRow * featureCount, target.length).read(target);
  }

  /**
   * Copies the features of consecutive images into native memory.
   *
   * @param fromRow the first image
   * @param source count × F values, row by row
   */
  public void write(int fromRow, float[] source) {
    requireOpen();
    values.slice((long) fromRow * featureCount, source.length).write(source);
  }

  /**
   * Copies chosen rows.
   *
   * @param rows row numbers, from 0
   * @return new features in the chosen order, to be closed by the caller
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Features select(int[] rows) {
    requireOpen();
    Features selected = new Features(rows.length, featureCount);
    try {
      for (int i = 0; i < rows.length; i++) {
        row(Objects.checkIndex(rows[i], size)).copyTo(selected.row(i), featureCount);
      }
      return selected;
    } catch (RuntimeException e) {
      selected.close();
      throw e;
    }
  }

  private FloatDataBuffer row(int row) {
    return values.slice((long) row * featureCount, featureCount);
  }

  /** Copies rows that a signature returned; no heap array in between. */
  void copyRows(int fromRow, TFloat32 rows) {
    requireOpen();
    FloatDataBuffer source = rows.asRawTensor().data().asFloats();
    source.copyTo(values.slice((long) fromRow * featureCount, source.size()), source.size());
  }

  TFloat32 tensor() {
    requireOpen();
    return tensor;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("these features of " + size + " images are closed");
    }
  }

  /** Frees the native memory; closing twice is allowed. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      tensor.close();
    }
  }
}
