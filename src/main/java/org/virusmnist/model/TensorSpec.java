package org.virusmnist.model;

import java.util.Arrays;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Element type and shape of a tensor; negative dimensions as in {@link ModelSignatures}. */
final class TensorSpec {
  private final DataType dataType;
  private final long[] dimensions;

  TensorSpec(DataType dataType, long... dimensions) {
    this.dataType = dataType;
    this.dimensions = dimensions.clone();
  }

  static TensorSpec of(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    long[] dimensions = new long[shape.getDimCount()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.getDim(i).getSize();
    }
    return new TensorSpec(info.getDtype(), dimensions);
  }

  int rank() {
    return dimensions.length;
  }

  long dimension(int axis) {
    return dimensions[axis];
  }

  /** Returns this spec with the model's own sizes in place of their symbols. */
  TensorSpec resolve(long featureCount, long classCount) {
    long[] resolved = dimensions.clone();
    for (int i = 0; i < resolved.length; i++) {
      if (resolved[i] == ModelSignatures.FEATURES) {
        resolved[i] = featureCount;
      } else if (resolved[i] == ModelSignatures.CLASSES) {
        resolved[i] = classCount;
      }
    }
    return new TensorSpec(dataType, resolved);
  }

  boolean matches(TensorSpec other) {
    return dataType == other.dataType && Arrays.equals(dimensions, other.dimensions);
  }

  /** Returns for example {@code uint8 [?,32,32,3]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(typeName()).append(" [");
    for (int i = 0; i < dimensions.length; i++) {
      text.append(i == 0 ? "" : ",").append(dimensions[i] < 0 ? "?" : dimensions[i]);
    }
    return text.append(']').toString();
  }

  private String typeName() {
    return switch (dataType) {
      case DT_FLOAT -> "float32";
      case DT_UINT8 -> "uint8";
      case DT_INT32 -> "int32";
      case DT_INT64 -> "int64";
      default -> dataType.name();
    };
  }
}
