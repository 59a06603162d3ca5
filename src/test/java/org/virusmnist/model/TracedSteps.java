package org.virusmnist.model;

import java.util.Map;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * What TensorFlow recorded of a training call on rows that stay on the device.
 *
 * @param copiesToDevice copies from the host's memory to a GPU's
 * @param products matrix products, of which every step has some
 */
public record TracedSteps(long copiesToDevice, long products) {
  private static final RunOptions EVERYTHING =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  /** Runs steps on the features that are resident in a model. */
  public static TracedSteps onFeatures(ClassifierModel model, HeadSteps steps) {
    try (TensorBatch inputs = Tensors.addSteps(new TensorBatch(), steps)) {
      Map<String, org.tensorflow.Tensor> named = inputs.inputs();
      return of(model.session().trace(ResidentSignatures.FEATURES.train(), named, EVERYTHING));
    }
  }

  static TracedSteps of(RunMetadata trace) {
    return new TracedSteps(count(trace, "MEMCPYHtoD"), count(trace, "MatMul"));
  }

  private static long count(RunMetadata trace, String text) {
    return trace.getStepStats().getDevStatsList().stream()
        .map(DeviceStepStats::getNodeStatsList)
        .flatMap(java.util.List::stream)
        .filter(node -> says(node, text))
        .count();
  }

  private static boolean says(NodeExecStats node, String text) {
    return node.getNodeName().contains(text) || node.getTimelineLabel().contains(text);
  }
}
