package org.virusmnist.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** A graph and its function library by name, for the checks of {@link SavedModelGate}. */
final class GraphView {
  /** The name under which the graph itself stands beside its functions. */
  static final String MAIN = "";

  private final MetaGraphDef metaGraph;
  private final Map<String, List<NodeDef>> bodies = new LinkedHashMap<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, NodeDef> mainNodes = new LinkedHashMap<>();

  GraphView(MetaGraphDef metaGraph) {
    this.metaGraph = metaGraph;
    bodies.put(MAIN, metaGraph.getGraphDef().getNodeList());
    for (FunctionDef function : metaGraph.getGraphDef().getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
      bodies.put(function.getSignature().getName(), function.getNodeDefList());
    }
    metaGraph.getGraphDef().getNodeList().forEach(node -> mainNodes.put(node.getName(), node));
  }

  MetaGraphDef metaGraph() {
    return metaGraph;
  }

  /** Returns the nodes of every function, and of the graph under {@link #MAIN}. */
  Map<String, List<NodeDef>> bodies() {
    return bodies;
  }

  boolean hasFunction(String name) {
    return functions.containsKey(name);
  }

  FunctionDef function(String name) {
    return Objects.requireNonNull(functions.get(name));
  }

  /** Returns the node of the graph itself that a name like {@code ^node:0} means, or null. */
  @org.jspecify.annotations.Nullable
  NodeDef mainNode(String input) {
    return mainNodes.get(nodeName(input));
  }

  /** Returns the node's name in an input like {@code node:output:0} or {@code ^node}. */
  static String nodeName(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** Returns the functions that a node calls, by name. */
  static Stream<String> calls(NodeDef node) {
    return node.getAttrMap().values().stream()
        .flatMap(GraphView::functionsOf)
        .map(NameAttrList::getName);
  }

  private static Stream<NameAttrList> functionsOf(AttrValue value) {
    return value.hasFunc()
        ? Stream.of(value.getFunc())
        : value.hasList() ? value.getList().getFuncList().stream() : Stream.empty();
  }

  /** Returns for messages where a body stands. */
  static String place(String body) {
    return body.equals(MAIN) ? "the graph" : "function '" + body + "'";
  }
}
