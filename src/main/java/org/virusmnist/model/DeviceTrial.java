package org.virusmnist.model;

import java.util.Locale;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A matrix product (cuBLAS) and a convolution (cuDNN) on a device, compared with Java's own.
 *
 * <p>All numbers are small integers, which every float format multiplies and adds without an error:
 * a device that is right is right to the bit, but for the algorithms of convolution that transform
 * their input, hence the tolerance.
 */
public final class DeviceTrial {
  private static final int SIDE = 16;
  private static final int TAPS = 3;
  private static final float TOLERANCE = 1e-2f;

  private final float[] left = integers(1);
  private final float[] right = integers(2);

  /**
   * Computes both.
   *
   * @param settings device of the session
   * @param device {@code CPU:0} or {@code GPU:1}, as {@link ListedDevice} names it
   * @return the largest difference from the truth
   * @throws DeviceUnavailableException if the device cannot compute, or computes something else
   */
  public static float run(SessionSettings settings, String device)
      throws DeviceUnavailableException {
    DeviceTrial trial = new DeviceTrial();
    float difference;
    try {
      difference =
          Math.max(
              largestDifference(trial.product(), trial.onDevice(settings, device, "MatMul")),
              largestDifference(trial.convolution(), trial.onDevice(settings, device, "Conv2D")));
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new DeviceUnavailableException(
          device + " cannot compute: " + SavedModelStore.firstLine(e) + ".");
    }
    if (!(difference <= TOLERANCE)) {
      throw new DeviceUnavailableException(
          String.format(
              Locale.ROOT, "%s is off by %g, expected at most %g.", device, difference, TOLERANCE));
    }
    return difference;
  }

  private float[] onDevice(SessionSettings settings, String device, String op) {
    boolean isProduct = op.equals("MatMul");
    Shape shape = isProduct ? Shape.of(SIDE, SIDE) : Shape.of(1, SIDE, SIDE, 1);
    Shape filter = isProduct ? shape : Shape.of(TAPS, TAPS, 1, 1);
    float[] second = isProduct ? right : java.util.Arrays.copyOf(right, TAPS * TAPS);
    try (Graph graph = new Graph();
        TFloat32 a = TFloat32.tensorOf(shape, DataBuffers.of(left));
        TFloat32 b = TFloat32.tensorOf(filter, DataBuffers.of(second))) {
      var node =
          graph
              .opBuilder(op, "trial", graph.baseScope())
              .addInput(placeholder(graph, "a"))
              .addInput(placeholder(graph, "b"))
              .setDevice("/device:" + device);
      if (!isProduct) {
        node.setAttr("strides", new long[] {1, 1, 1, 1}).setAttr("padding", "VALID");
      }
      node.build();
      try (Session session = new Session(graph, settings.toConfigProto());
          Result result = session.runner().feed("a", a).feed("b", b).fetch("trial").run()) {
        return Tensors.floats(result.get(0));
      }
    }
  }

  private static Output<?> placeholder(Graph graph, String name) {
    return graph
        .opBuilder("Placeholder", name, graph.baseScope())
        .setAttr("dtype", org.tensorflow.proto.DataType.DT_FLOAT)
        .build()
        .output(0);
  }

  private float[] product() {
    float[] product = new float[SIDE * SIDE];
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        for (int k = 0; k < SIDE; k++) {
          product[i * SIDE + j] += left[i * SIDE + k] * right[k * SIDE + j];
        }
      }
    }
    return product;
  }

  private float[] convolution() {
    int side = SIDE - TAPS + 1;
    float[] sums = new float[side * side];
    for (int i = 0; i < side * side; i++) {
      for (int tap = 0; tap < TAPS * TAPS; tap++) {
        int row = i / side + tap / TAPS;
        sums[i] += left[row * SIDE + i % side + tap % TAPS] * right[tap];
      }
    }
    return sums;
  }

  private static float largestDifference(float[] expected, float[] found) {
    float largest = expected.length == found.length ? 0 : Float.NaN;
    for (int i = 0; i < Math.min(expected.length, found.length); i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
    }
    return largest;
  }

  private static float[] integers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[SIDE * SIDE];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(9) - 4;
    }
    return numbers;
  }
}
