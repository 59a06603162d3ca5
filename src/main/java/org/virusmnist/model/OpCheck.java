package org.virusmnist.model;

import java.util.List;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/** Checks every node: its op, the functions it calls, and the size of what it declares. */
final class OpCheck {
  /** Elements that one constant or variable may declare: 1 GiB of float32. */
  static final long MAX_ELEMENTS = 1L << 28;

  private final GraphView graph;
  private final AllowedOps ops;
  private final Set<String> savers;
  private final Problems problems;

  OpCheck(GraphView graph, Set<String> savers, Problems problems) {
    this.graph = graph;
    this.ops = AllowedOps.read();
    this.savers = savers;
    this.problems = problems;
  }

  void check() {
    graph.bodies().forEach(this::checkBody);
  }

  private void checkBody(String body, List<NodeDef> nodes) {
    for (NodeDef node : nodes) {
      checkOp(body, node);
      GraphView.calls(node).forEach(function -> checkCall(body, node, function));
      node.getAttrMap().forEach((name, value) -> checkSize(body, node, name, value));
    }
  }

  private void checkOp(String body, NodeDef node) {
    if (ops.isForSaving(node.getOp()) && !savers.contains(body)) {
      problems.add(
          "op '%s' (node '%s' in %s) touches files outside the functions that save and restore",
          node.getOp(), node.getName(), GraphView.place(body));
    } else if (!ops.isForSaving(node.getOp()) && !ops.isAllowedAnywhere(node.getOp())) {
      problems.add(
          "op '%s' (node '%s' in %s) is not on the list of ops a classifier may use",
          node.getOp(), node.getName(), GraphView.place(body));
    }
  }

  private void checkCall(String body, NodeDef node, String function) {
    if (!graph.hasFunction(function)) {
      problems.add(
          "node '%s' in %s calls function '%s', which is not in the model",
          node.getName(), GraphView.place(body), function);
    } else if (savers.contains(function) && !body.equals(GraphView.MAIN)) {
      problems.add(
          "node '%s' in %s calls '%s', which saves or restores variables",
          node.getName(), GraphView.place(body), function);
    }
  }

  private void checkSize(String body, NodeDef node, String name, AttrValue value) {
    if (value.hasTensor()) {
      requireSize(body, node, value.getTensor().getTensorShape());
    } else if (value.hasShape() && name.equals("shape") && node.getOp().equals("VarHandleOp")) {
      requireSize(body, node, body.equals(GraphView.MAIN) ? value.getShape() : row(value));
    }
  }

  /** A variable inside a function holds as many rows as a call gives it; each has a known size. */
  private static TensorShapeProto row(AttrValue variable) {
    TensorShapeProto shape = variable.getShape();
    boolean holdsRows = shape.getDimCount() > 0 && shape.getDim(0).getSize() < 0;
    return holdsRows ? shape.toBuilder().removeDim(0).build() : shape;
  }

  private void requireSize(String body, NodeDef node, TensorShapeProto shape) {
    long elements = 1;
    for (TensorShapeProto.Dim dim : shape.getDimList()) {
      boolean isTooLarge = dim.getSize() > 0 && elements > MAX_ELEMENTS / dim.getSize();
      if (dim.getSize() < 0 || isTooLarge) {
        problems.add(
            "node '%s' in %s declares a tensor of shape %s, expected a known shape of at most"
                + " 268435456 elements",
            node.getName(), GraphView.place(body), dimensions(shape));
        return;
      }
      elements *= dim.getSize();
    }
  }

  private static List<Long> dimensions(TensorShapeProto shape) {
    return shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
  }
}
