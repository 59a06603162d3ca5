package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.virusmnist.model.SessionSettings.Device;

/** Every node knows its device, and a session sees the devices that were chosen. */
class PlacedGraphTest {
  @Test
  void namesTheDeviceInGraphAndFunctions() {
    GraphDef.Builder graph =
        GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("call").setDevice("/cpu:0"));
    graph
        .getLibraryBuilder()
        .addFunction(FunctionDef.newBuilder().addNodeDef(NodeDef.newBuilder().setName("conv")));

    GraphDef placed = PlacedGraph.on(graph.build(), "/device:GPU:1");

    assertThat(placed.getNode(0).getDevice()).isEqualTo("/device:GPU:1");
    assertThat(placed.getLibrary().getFunction(0).getNodeDef(0).getDevice())
        .isEqualTo("/device:GPU:1");
  }

  @Test
  void sharesOutBetweenSeveralGpusOnly() {
    SessionSettings gpu = SessionSettings.on(Device.GPU);
    SessionSettings two = gpu.with(new GpuShare(List.of(2, 0), 0.5));
    ConfigProto config = two.toFrozenConfigProto();

    assertThat(two.devices()).containsExactly("/device:GPU:0", "/device:GPU:1");
    assertThat(config.getGpuOptions().getVisibleDeviceList()).isEqualTo("2,0");
    assertThat(config.getAllowSoftPlacement()).isTrue();
    assertThat(two.onFirstGpu().gpu()).isEqualTo(new GpuShare(2, 0.5));
    assertThat(gpu.devices()).isEmpty();
    assertThat(gpu.toFrozenConfigProto().getAllowSoftPlacement()).isFalse();
    assertThat(two.with(Device.CPU).devices()).isEmpty();
  }
}
