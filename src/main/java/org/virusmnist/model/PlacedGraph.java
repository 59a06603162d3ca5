package org.virusmnist.model;

import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A graph that says of every node, those of its functions too, on which device it runs. */
final class PlacedGraph {
  private PlacedGraph() {}

  /**
   * Places a graph.
   *
   * @param device as TensorFlow names it, for example {@code /device:GPU:1}
   */
  static GraphDef on(GraphDef graph, String device) {
    GraphDef.Builder placed = graph.toBuilder();
    placed.getNodeBuilderList().forEach(node -> node.setDevice(device));
    for (FunctionDef.Builder function : placed.getLibraryBuilder().getFunctionBuilderList()) {
      function.getNodeDefBuilderList().forEach((NodeDef.Builder node) -> node.setDevice(device));
    }
    return placed.build();
  }
}
