package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/** Copies to a GPU are found in a trace whichever field names them, others are not. */
class TracedStepsTest {
  @Test
  void countsCopiesToTheDeviceAndProducts() {
    RunMetadata.Builder trace = RunMetadata.newBuilder();
    trace
        .getStepStatsBuilder()
        .addDevStatsBuilder()
        .setDevice("/device:GPU:0/stream:all")
        .addNodeStats(node("edge_5_rows:MEMCPYHtoD", ""))
        .addNodeStats(node("rows", "MEMCPYHtoD 3072 bytes"))
        .addNodeStats(node("losses:MEMCPYDtoH", ""))
        .addNodeStats(node("dense/MatMul", "MatMul(a, b)"));

    assertThat(TracedSteps.of(trace.build())).isEqualTo(new TracedSteps(2, 1));
    assertThat(TracedSteps.of(RunMetadata.getDefaultInstance())).isEqualTo(new TracedSteps(0, 0));
  }

  private static NodeExecStats node(String name, String label) {
    return NodeExecStats.newBuilder().setNodeName(name).setTimelineLabel(label).build();
  }
}
