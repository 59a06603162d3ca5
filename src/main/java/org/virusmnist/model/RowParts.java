package org.virusmnist.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.virusmnist.dataset.ImageSet;

/** Rows of several sets in the host's memory, numbered through. */
final class RowParts {
  private static final int IMAGE_BYTES =
      ModelSignatures.SIDE * ModelSignatures.SIDE * ModelSignatures.CHANNELS;

  private final Form form;
  private final List<Part> parts;
  private final int size;

  /** Copies the bytes of a row. */
  @FunctionalInterface
  private interface RowCopy {
    void copy(int row, ByteDataBuffer target);
  }

  private record Part(int size, RowCopy rows) {}

  /** Makes a tensor for a number of rows. */
  @FunctionalInterface
  private interface Allocation {
    Tensor tensor(int rows);
  }

  private record Form(String input, long bytes, Allocation allocation) {}

  private RowParts(Form form, List<Part> parts) {
    this.form = form;
    this.parts = List.copyOf(parts);
    this.size = parts.stream().mapToInt(Part::size).reduce(0, Math::addExact);
  }

  static RowParts ofFeatures(List<? extends FeatureRows> features) {
    int width = features.get(0).featureCount();
    long bytes = (long) width * Float.BYTES;
    List<Part> parts = new ArrayList<>();
    for (FeatureRows part : features) {
      parts.add(new Part(part.size(), part::copyTo));
    }
    return new RowParts(
        new Form("features", bytes, rows -> TFloat32.tensorOf(Shape.of(rows, width))), parts);
  }

  static RowParts ofImages(List<ImageSet> images) {
    int side = ModelSignatures.SIDE;
    List<Part> parts = new ArrayList<>();
    for (ImageSet part : images) {
      parts.add(new Part(part.size(), (row, target) -> part.fillRgb(row, 1, target)));
    }
    return new RowParts(
        new Form(
            "images",
            IMAGE_BYTES,
            rows -> TUint8.tensorOf(Shape.of(rows, side, side, ModelSignatures.CHANNELS))),
        parts);
  }

  int size() {
    return size;
  }

  /** Returns what a row and its label take in the device's memory. */
  long bytesPerRow() {
    return form.bytes() + Long.BYTES;
  }

  /**
   * Copies chosen rows.
   *
   * @return inputs of a call, to be closed by the caller
   */
  TensorBatch copy(int[] chosen) {
    Tensor tensor = form.allocation().tensor(chosen.length);
    TensorBatch batch = new TensorBatch().own(form.input(), tensor);
    try {
      ByteDataBuffer target = tensor.asRawTensor().data();
      for (int i = 0; i < chosen.length; i++) {
        copy(chosen[i], target.slice(i * form.bytes(), form.bytes()));
      }
      return batch;
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  private void copy(int number, ByteDataBuffer target) {
    int row = Objects.checkIndex(number, size);
    for (Part part : parts) {
      if (row < part.size()) {
        part.rows().copy(row, target);
        return;
      }
      row -= part.size();
    }
  }
}
