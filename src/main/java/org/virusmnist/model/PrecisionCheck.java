package org.virusmnist.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/** Finds out whether a device computes in a precision, before and after the graph is rewritten. */
final class PrecisionCheck {
  private static final RunOptions WHICH_GRAPHS =
      RunOptions.newBuilder().setOutputPartitionGraphs(true).build();

  private final String deviceName;
  private final boolean cpuHasBfloat16;

  PrecisionCheck(String deviceName, boolean cpuHasBfloat16) {
    this.deviceName = deviceName;
    this.cpuHasBfloat16 = cpuHasBfloat16;
  }

  /** Returns what the device can do, float32 first. */
  List<Precision> possible() {
    List<Precision> possible = new ArrayList<>(List.of(Precision.FLOAT32));
    if (isGpu()) {
      possible.add(Precision.FLOAT16);
    } else if (cpuHasBfloat16) {
      possible.add(Precision.BFLOAT16);
    }
    return possible;
  }

  /**
   * Refuses what the device cannot do.
   *
   * @throws PrecisionUnavailableException naming what it can
   */
  void requirePossible(Precision wanted) throws PrecisionUnavailableException {
    if (!possible().contains(wanted)) {
      throw new PrecisionUnavailableException(wanted, reason(wanted), possible());
    }
  }

  private String reason(Precision wanted) {
    if (isGpu()) {
      return "TensorFlow does not rewrite a graph into it on "
          + deviceName
          + " (export_savedmodel.py --compute-dtype bfloat16 exports one that computes in it)";
    }
    return wanted == Precision.BFLOAT16
        ? "this CPU has neither " + CpuFeatures.bfloat16Flags()
        : deviceName + " does not compute in it";
  }

  private boolean isGpu() {
    return deviceName.startsWith("GPU");
  }

  /**
   * Runs a trial and refuses a graph that TensorFlow left as it was.
   *
   * @throws PrecisionUnavailableException if no convolution runs in the precision
   */
  void requireRewritten(DeviceProbe.Base base, Precision wanted)
      throws PrecisionUnavailableException {
    RunMetadata trial = DeviceProbe.trace(base, WHICH_GRAPHS);
    if (!isRewritten(trial.getPartitionGraphsList(), wanted)) {
      throw new PrecisionUnavailableException(
          wanted,
          "TensorFlow computes this model in float32 on " + deviceName + " all the same",
          List.of(Precision.FLOAT32));
    }
  }

  static boolean isRewritten(List<GraphDef> graphs, Precision wanted) {
    return graphs.stream()
        .flatMap(graph -> graph.getNodeList().stream())
        .anyMatch(node -> isConvolution(node) && typeOf(node) == wanted.dataType());
  }

  private static boolean isConvolution(NodeDef node) {
    return node.getOp().contains("Conv2"); // Conv2D, DepthwiseConv2dNative, and fused ones
  }

  private static DataType typeOf(NodeDef node) {
    return node.getAttrOrDefault("T", AttrValue.getDefaultInstance()).getType();
  }
}
