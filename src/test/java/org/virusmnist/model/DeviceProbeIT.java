package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.virusmnist.model.SessionSettings.Device;

/** The devices in a trace decide; the image of the trial needs native memory. */
@Tag("native")
class DeviceProbeIT {
  private static final SessionSettings GPU = SessionSettings.on(Device.GPU);
  private static final SessionSettings TWO = GPU.with(new GpuShare(List.of(3, 1), 1));

  @Test
  void tellsTheNumbersThatCudaUses() throws Exception {
    assertThat(deviceOf(GPU.with(new GpuShare(1, 1)), "CPU:0", "GPU:0")).isEqualTo("GPU:1");
    assertThat(deviceOf(TWO, "GPU:1", "CPU:0", "GPU:0")).isEqualTo("GPU:3,1");
    assertThat(deviceOf(SessionSettings.on(Device.AUTO), "CPU:0")).isEqualTo("CPU:0");
  }

  @Test
  void refusesAGpuThatDidNothing() {
    assertThatThrownBy(() -> deviceOf(TWO, "CPU:0", "GPU:1"))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessage(
            "--device gpu:3,1: of these GPUs TensorFlow used 1 for a trial, expected 2. Use one"
                + " GPU.");
    assertThatThrownBy(() -> deviceOf(GPU, "CPU:0"))
        .hasMessageStartingWith("--device gpu: TensorFlow ran a trial on the CPU, expected a GPU.");
  }

  @Test
  void refusesAGpuThatLeftAConvolutionToTheCpu() throws Exception {
    RunMetadata.Builder trace = RunMetadata.newBuilder();
    trace.getStepStatsBuilder().addDevStats(node("GPU:0", "a = _FusedConv2D(b)"));
    trace.getStepStatsBuilder().addDevStats(node("CPU:0", "Conv2D/shape = Shape(Conv2D)"));
    assertThat(DeviceProbe.deviceOf((inputs, options) -> trace.build(), GPU)).isEqualTo("GPU:0");

    trace.getStepStatsBuilder().addDevStats(node("CPU:0", "c = DepthwiseConv2dNative(a)"));
    assertThat(
            DeviceProbe.deviceOf(
                (inputs, options) -> trace.build(), SessionSettings.on(Device.AUTO)))
        .isEqualTo("CPU:0");
    assertThatThrownBy(() -> DeviceProbe.deviceOf((inputs, options) -> trace.build(), GPU))
        .hasMessageStartingWith(
            "--device gpu: TensorFlow ran 'c = DepthwiseConv2dNative(a)' of a trial on the CPU,"
                + " expected a GPU.");
  }

  private static DeviceStepStats node(String device, String label) {
    return DeviceStepStats.newBuilder()
        .setDevice("/job:localhost/replica:0/task:0/device:" + device)
        .addNodeStats(NodeExecStats.newBuilder().setTimelineLabel(label))
        .build();
  }

  private static String deviceOf(SessionSettings settings, String... devices)
      throws DeviceUnavailableException {
    RunMetadata.Builder trace = RunMetadata.newBuilder();
    for (String device : devices) {
      trace
          .getStepStatsBuilder()
          .addDevStats(
              DeviceStepStats.newBuilder()
                  .setDevice("/job:localhost/replica:0/task:0/device:" + device));
    }
    return DeviceProbe.deviceOf((inputs, options) -> trace.build(), settings);
  }
}
