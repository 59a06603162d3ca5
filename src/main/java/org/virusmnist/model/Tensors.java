package org.virusmnist.model;

import com.google.protobuf.ByteString;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;

/**
 * Java arrays to tensors and back, always through flat buffers.
 *
 * <p>Nested arrays and single elements cost a thousand times more than one bulk copy.
 */
final class Tensors {
  private Tensors() {}

  static TInt32 vector(int[] values) {
    return TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values, true, false));
  }

  static TFloat32 vector(float[] values) {
    return TFloat32.tensorOf(Shape.of(values.length), DataBuffers.of(values, true, false));
  }

  static TInt32 matrix(int[] values, int rows) {
    return TInt32.tensorOf(
        Shape.of(rows, values.length / rows), DataBuffers.of(values, true, false));
  }

  /** Adds every input of a training signature but the rows themselves and their labels. */
  static TensorBatch addSteps(TensorBatch inputs, HeadSteps steps) {
    Regularization regularization = steps.regularization();
    return inputs
        .own("batches", matrix(steps.rows(), steps.steps()))
        .own("learning_rates", vector(steps.learningRates()))
        .own("dropout", TFloat32.scalarOf(regularization.dropout()))
        .own("label_smoothing", TFloat32.scalarOf(regularization.labelSmoothing()))
        .own("weight_decay", TFloat32.scalarOf(regularization.weightDecay()))
        .own("class_weights", vector(regularization.classWeights()))
        .own("seed", TInt64.scalarOf(steps.seed()));
  }

  /** Copies what a training signature returned. */
  static StepResults stepResults(Result result) {
    return new StepResults(floats(output(result, "losses")), ints(output(result, "correct")));
  }

  /** Copies what a scoring signature returned. */
  static BatchScores scores(Result result) {
    return new BatchScores(
        floats(output(result, "losses")), floats(output(result, "probabilities")));
  }

  /** Returns what a call gave under a name; the result keeps it. */
  static Tensor output(Result result, String name) {
    return result
        .get(name)
        .orElseThrow(() -> new IllegalStateException("the call returned no '" + name + "'"));
  }

  /** Copies a float32 tensor of any shape out of native memory, row-major. */
  static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** Copies the bytes of a tensor of any type and shape out of native memory. */
  static byte[] bytes(Tensor tensor) {
    byte[] values = new byte[Math.toIntExact(tensor.numBytes())];
    tensor.asRawTensor().data().read(values);
    return values;
  }

  /** Copies a tensor of any type and shape into a message, as graphs hold constants. */
  static TensorProto proto(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorProto.newBuilder()
        .setDtype(tensor.dataType())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(bytes(tensor)))
        .build();
  }

  /** Copies an int32 tensor of any shape out of native memory, row-major. */
  static int[] ints(Tensor tensor) {
    int[] values = new int[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asInts().read(values);
    return values;
  }
}
