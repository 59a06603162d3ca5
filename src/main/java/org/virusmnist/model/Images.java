package org.virusmnist.model;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;
import org.virusmnist.dataset.ImageSet;

/**
 * N RGB images, uint8 [N,32,32,3] in native memory, fed to training calls by reference.
 *
 * <p>Whoever asked for the images closes them.
 */
public final class Images implements AutoCloseable {
  private final TUint8 tensor;
  private boolean isClosed;

  Images(ImageSet images) {
    tensor = toTensor(images, 0, images.size());
  }

  /** Copies consecutive images into a new tensor that the caller closes. */
  static TUint8 toTensor(ImageSet images, int fromRow, int count) {
    TUint8 tensor =
        TUint8.tensorOf(
            Shape.of(count, ModelSignatures.SIDE, ModelSignatures.SIDE, ModelSignatures.CHANNELS));
    try {
      images.fillRgb(fromRow, count, tensor.asRawTensor().data());
      return tensor;
    } catch (RuntimeException e) {
      tensor.close();
      throw e;
    }
  }

  /** Copies consecutive images into the inputs of a call that the caller closes. */
  static TensorBatch batch(ImageSet images, int fromRow, int count) {
    return new TensorBatch().own("images", toTensor(images, fromRow, count));
  }

  TUint8 tensor() {
    if (isClosed) {
      throw new IllegalStateException("these images are closed");
    }
    return tensor;
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
