package org.virusmnist.model;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Graphs that write some variables to a file and read them back, with the ops of TensorFlow's own
 * saver.
 */
final class VariableFiles {
  /** The node that is fed the path which the names of the files begin with. */
  static final String PREFIX = "prefix";

  /** The node that writes. */
  static final String SAVE = "save";

  /** The node that reads and assigns. */
  static final String RESTORE = "restore";

  private static final String NAMES = "names";
  private static final String SLICES = "slices";
  private static final String READ = "read";
  private static final String DTYPE = "dtype";

  private VariableFiles() {}

  /** Returns the variables of some graphs that are also in another one, by name. */
  static Map<String, NodeDef> variables(Collection<GraphDef> graphs, GraphDef other) {
    Map<String, NodeDef> variables = new TreeMap<>();
    graphs.forEach(graph -> variables.putAll(variables(graph)));
    variables.keySet().retainAll(variables(other).keySet());
    return variables;
  }

  private static Map<String, NodeDef> variables(GraphDef graph) {
    Map<String, NodeDef> variables = new LinkedHashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals(GraphSlice.VARIABLE)) {
        variables.put(node.getName(), node);
      }
    }
    return variables;
  }

  /** Returns the graph for some variables, in their order. */
  static GraphDef of(Collection<NodeDef> variables) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNode(placeholder());
    List<ByteString> names = variables.stream().map(NodeDef::getNameBytes).toList();
    graph.addNode(texts(NAMES, names));
    graph.addNode(texts(SLICES, names.stream().map(name -> ByteString.EMPTY).toList()));
    NodeDef.Builder save = file(SAVE, "SaveV2");
    NodeDef.Builder read = file(READ, "RestoreV2");
    NodeDef.Builder restore = NodeDef.newBuilder().setName(RESTORE).setOp("NoOp");
    AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
    int index = 0;
    for (NodeDef variable : variables) {
      String name = variable.getName();
      AttrValue type = variable.getAttrOrThrow(DTYPE);
      types.addType(type.getType());
      graph.addNode(variable);
      graph.addNode(typed(name + "/value", "ReadVariableOp", type).addInput(name));
      save.addInput(name + "/value");
      String assign = name + "/assign";
      graph.addNode(
          typed(assign, "AssignVariableOp", type).addInput(name).addInput(READ + ":" + index++));
      restore.addInput("^" + assign);
    }
    AttrValue allTypes = AttrValue.newBuilder().setList(types).build();
    return graph
        .addNode(save.putAttr("dtypes", allTypes))
        .addNode(read.putAttr("dtypes", allTypes))
        .addNode(restore)
        .build();
  }

  private static NodeDef.Builder file(String name, String op) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(PREFIX, NAMES, SLICES));
  }

  private static NodeDef.Builder typed(String name, String op, AttrValue type) {
    return NodeDef.newBuilder().setName(name).setOp(op).putAttr(DTYPE, type);
  }

  private static NodeDef.Builder placeholder() {
    return typed(PREFIX, "Placeholder", type(DataType.DT_STRING))
        .putAttr(
            "shape",
            AttrValue.newBuilder().setShape(TensorShapeProto.getDefaultInstance()).build());
  }

  private static NodeDef.Builder texts(String name, List<ByteString> texts) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).addAllStringVal(texts);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(texts.size());
    return typed(name, "Const", type(DataType.DT_STRING))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
