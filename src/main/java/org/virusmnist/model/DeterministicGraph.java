package org.virusmnist.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A graph without the operation that TensorFlow refuses on a GPU when results must repeat.
 *
 * <p>Under {@code TF_DETERMINISTIC_OPS} the GPU kernel of {@code SoftmaxCrossEntropyWithLogits}
 * fails. The same loss out of operations that do repeat is what {@code
 * tf.nn.softmax_cross_entropy_with_logits} builds in that case: minus the sum of labels times log
 * probabilities. Its gradient is the probabilities minus the labels.
 */
final class DeterministicGraph {
  private static final String CROSS_ENTROPY = "SoftmaxCrossEntropyWithLogits";
  private static final String TYPE = "T";

  private final boolean isFunction;
  private final Set<String> replaced = new HashSet<>();
  private final List<NodeDef> nodes = new ArrayList<>();

  private DeterministicGraph(List<NodeDef> old, boolean isFunction) {
    this.isFunction = isFunction;
    for (NodeDef node : old) {
      if (node.getOp().equals(CROSS_ENTROPY)) {
        replaced.add(node.getName());
      }
    }
    for (NodeDef node : old) {
      NodeDef.Builder renamed = node.toBuilder().clearInput();
      node.getInputList().forEach(input -> renamed.addInput(renamed(input)));
      if (replaced.contains(node.getName())) {
        addLoss(renamed.build());
      } else {
        nodes.add(renamed.build());
      }
    }
  }

  /** Returns the same graph with its losses in other words, those in its functions too. */
  static GraphDef of(GraphDef graph) {
    DeterministicGraph main = new DeterministicGraph(graph.getNodeList(), false);
    GraphDef.Builder changed = graph.toBuilder().clearNode().addAllNode(main.nodes);
    changed.getLibraryBuilder().clearFunction();
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      DeterministicGraph body = new DeterministicGraph(function.getNodeDefList(), true);
      FunctionDef.Builder copy = function.toBuilder().clearNodeDef().addAllNodeDef(body.nodes);
      function.getRetMap().forEach((name, tensor) -> copy.putRet(name, body.renamed(tensor)));
      changed.getLibraryBuilder().addFunction(copy);
    }
    return changed.build();
  }

  private void addLoss(NodeDef old) {
    String name = old.getName();
    String logits = old.getInput(0);
    String labels = old.getInput(1);
    List<String> after = old.getInputList().subList(2, old.getInputCount());
    String logProbabilities = name + "/log_probabilities";
    String products = name + "/products";
    String axis = name + "/axis";
    String sum = name + "/sum";
    String probabilities = name + "/probabilities";
    nodes.add(like(old, "LogSoftmax", logProbabilities, logits).addAllInput(after).build());
    nodes.add(like(old, "Mul", products, labels, output(logProbabilities, "logsoftmax")).build());
    nodes.add(lastAxis(axis));
    nodes.add(
        like(old, "Sum", sum, output(products, "z"), output(axis, "output"))
            .putAttr("Tidx", type(DataType.DT_INT32))
            .build());
    nodes.add(like(old, "Neg", name, output(sum, "output")).build());
    nodes.add(like(old, "Softmax", probabilities, logits).addAllInput(after).build());
    nodes.add(like(old, "Sub", gradient(name), output(probabilities, "softmax"), labels).build());
  }

  /** Starts a node of the old one's type and device. */
  private static NodeDef.Builder like(NodeDef old, String op, String name, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .setDevice(old.getDevice())
        .addAllInput(List.of(inputs))
        .putAttr(TYPE, old.getAttrOrThrow(TYPE));
  }

  private static NodeDef lastAxis(String name) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addIntVal(-1)
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(DataType.DT_INT32))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  /** Returns what a node's input, or a function's result, is called now. */
  private String renamed(String tensor) {
    String name = GraphSlice.nodeOf(tensor);
    if (tensor.startsWith("^") || !replaced.contains(name)) {
      return tensor;
    }
    String gradientOf = isFunction ? name + ":backprop:0" : name + ":1";
    return tensor.equals(gradientOf) ? output(gradient(name), "z") : output(name, "y");
  }

  /** Inside a function the output's name belongs to the name of a tensor. */
  private String output(String node, String name) {
    return isFunction ? node + ":" + name + ":0" : node;
  }

  private static String gradient(String name) {
    return name + "/gradient";
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
