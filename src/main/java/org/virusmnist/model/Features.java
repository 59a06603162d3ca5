package org.virusmnist.model;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * The base's features of N images, float32 [N,F] in native memory.
 *
 * <p>The base is frozen, so these are computed once and fed to every training call by reference.
 * Rows may be filled by several threads at a time, each row by one of them. Whoever asked for the
 * features closes them.
 */
public final class Features implements FeatureRows, AutoCloseable {
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

  @Override
  public int size() {
    return size;
  }

  @Override
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

  @Override
  public void copyTo(int row, ByteDataBuffer target) {
    bytesOf(row).copyTo(target, (long) featureCount * Float.BYTES);
  }

  /** Returns the memory of one row. */
  ByteDataBuffer bytesOf(int row) {
    requireOpen();
    long bytes = (long) featureCount * Float.BYTES;
    return tensor.asRawTensor().data().slice(row * bytes, bytes);
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
