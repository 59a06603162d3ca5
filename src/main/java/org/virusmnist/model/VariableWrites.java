package org.virusmnist.model;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/** Graphs that give the variables of another graph new values. */
final class VariableWrites {
  private static final String NEW_VALUE = "/new_value";
  private static final String ASSIGN = "/assign";

  private VariableWrites() {}

  /**
   * Returns a graph of the same variables with nodes {@link #inputOf} and {@link #assignmentOf} for
   * each.
   */
  static GraphDef of(GraphDef graph) {
    GraphDef.Builder writes = GraphDef.newBuilder().setVersions(graph.getVersions());
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals(GraphSlice.VARIABLE)) {
        String name = node.getName();
        writes
            .addNode(node)
            .addNode(
                NodeDef.newBuilder()
                    .setName(inputOf(name))
                    .setOp("Placeholder")
                    .putAttr("dtype", node.getAttrOrThrow("dtype")))
            .addNode(
                NodeDef.newBuilder()
                    .setName(assignmentOf(name))
                    .setOp("AssignVariableOp")
                    .addInput(name)
                    .addInput(inputOf(name))
                    .putAttr("dtype", node.getAttrOrThrow("dtype")));
      }
    }
    return writes.build();
  }

  /** Returns the name of the node that is fed a variable's new value. */
  static String inputOf(String variable) {
    return variable + NEW_VALUE;
  }

  /** Returns the name of the node that assigns it. */
  static String assignmentOf(String variable) {
    return variable + ASSIGN;
  }

  /** Returns the shape of a variable. */
  static Shape shape(GraphDef graph, String variable) {
    NodeDef node =
        graph.getNodeList().stream()
            .filter(candidate -> candidate.getName().equals(variable))
            .findFirst()
            .orElseThrow();
    if (node.getAttrOrThrow("dtype").getType() != DataType.DT_FLOAT) {
      throw new IllegalStateException("variable '" + variable + "' is not float32");
    }
    TensorShapeProto shape = node.getAttrOrThrow("shape").getShape();
    return Shape.of(shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray());
  }
}
