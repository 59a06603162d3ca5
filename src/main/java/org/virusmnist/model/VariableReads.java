package org.virusmnist.model;

import java.util.List;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Graphs that return the variables of another graph. */
final class VariableReads {
  private static final String VALUE = "/value";

  private VariableReads() {}

  /** Returns the names of a graph's variables, sorted. */
  static List<String> variables(GraphDef graph) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOp().equals(GraphSlice.VARIABLE))
        .map(NodeDef::getName)
        .sorted()
        .toList();
  }

  /** Returns a graph of the same variables with a node {@link #valueOf} for each. */
  static GraphDef of(GraphDef graph) {
    GraphDef.Builder reads = GraphDef.newBuilder().setVersions(graph.getVersions());
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals(GraphSlice.VARIABLE)) {
        reads
            .addNode(node)
            .addNode(
                NodeDef.newBuilder()
                    .setName(valueOf(node.getName()))
                    .setOp("ReadVariableOp")
                    .addInput(node.getName())
                    .putAttr("dtype", node.getAttrOrThrow("dtype")));
      }
    }
    return reads.build();
  }

  /** Returns the name of the node that returns a variable's value. */
  static String valueOf(String variable) {
    return variable + VALUE;
  }
}
