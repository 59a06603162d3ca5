package org.virusmnist.model;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GradientDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/**
 * The part of a SavedModel's graph that some tensors depend on.
 *
 * <p>TensorFlow prepares the whole graph anew for every signature that is called, its library of
 * functions included. A graph with a dozen training functions costs a second of that each time; the
 * nodes and functions that one signature reaches cost a fraction. Recorded shapes are left out:
 * they are half of the text and TensorFlow infers them anyway.
 */
final class GraphSlice {
  /** The operation that stands for a variable. */
  static final String VARIABLE = "VarHandleOp";

  private static final String RECORDED_SHAPES = "_output_shapes";
  private static final String SHARED_NAME = "shared_name";

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Set<String> reachedNodes = new LinkedHashSet<>();
  private final Map<String, FunctionDef> reachedFunctions = new LinkedHashMap<>();

  private GraphSlice(GraphDef graph) {
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    graph
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * Cuts out what some tensors depend on.
   *
   * @param graph the whole graph
   * @param tensors names of nodes or of their outputs
   * @return their nodes and functions and all those reached from them
   */
  static GraphDef of(GraphDef graph, Collection<String> tensors) {
    GraphSlice slice = new GraphSlice(graph);
    slice.reachNodes(tensors);
    GraphDef.Builder cut = GraphDef.newBuilder().setVersions(graph.getVersions());
    slice.reachedNodes.forEach(name -> cut.addNode(withoutShapes(slice.node(name))));
    cut.setLibrary(slice.library(graph.getLibrary()));
    return cut.build();
  }

  /** Returns the node of a tensor: {@code ^a}, {@code a:1} and {@code a:out:0} are of {@code a}. */
  static String nodeOf(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** Returns a graph's bytes, the same for equal graphs. */
  static byte[] bytes(GraphDef graph) {
    byte[] bytes = new byte[graph.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      graph.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array has room for what it was made for
    }
    return bytes;
  }

  private NodeDef node(String name) {
    NodeDef node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the graph has no node '" + name + "'");
    }
    return node;
  }

  private void reachNodes(Collection<String> tensors) {
    Deque<String> next = new ArrayDeque<>();
    tensors.forEach(tensor -> next.add(nodeOf(tensor)));
    while (!next.isEmpty()) {
      String name = next.remove();
      if (reachedNodes.add(name)) {
        NodeDef node = node(name);
        node.getInputList().forEach(input -> next.add(nodeOf(input)));
        reachFunctions(node);
      }
    }
  }

  private void reachFunctions(NodeDef caller) {
    Deque<String> next = new ArrayDeque<>(functionsOf(caller));
    while (!next.isEmpty()) {
      String name = next.remove();
      FunctionDef function = functions.get(name);
      if (function != null && reachedFunctions.putIfAbsent(name, function) == null) {
        function.getNodeDefList().forEach(node -> next.addAll(functionsOf(node)));
      }
    }
  }

  /** A node may call the function that its operation names, or those among its attributes. */
  private static Set<String> functionsOf(NodeDef node) {
    Set<String> names = new LinkedHashSet<>();
    names.add(node.getOp());
    for (AttrValue attribute : node.getAttrMap().values()) {
      if (attribute.hasFunc()) {
        names.add(attribute.getFunc().getName());
      }
      for (NameAttrList function : attribute.getList().getFuncList()) {
        names.add(function.getName());
      }
    }
    return names;
  }

  private FunctionDefLibrary library(FunctionDefLibrary all) {
    FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
    reachedFunctions.values().forEach(function -> library.addFunction(withoutShapes(function)));
    for (GradientDef gradient : all.getGradientList()) {
      if (reachedFunctions.containsKey(gradient.getFunctionName())) {
        library.addGradient(gradient);
      }
    }
    return library.build();
  }

  private static FunctionDef withoutShapes(FunctionDef function) {
    FunctionDef.Builder copy = function.toBuilder().clearNodeDef().clearArgAttr();
    function.getNodeDefList().forEach(node -> copy.addNodeDef(withoutShapes(node)));
    function
        .getArgAttrMap()
        .forEach(
            (index, attributes) ->
                copy.putArgAttr(index, attributes.toBuilder().removeAttr(RECORDED_SHAPES).build()));
    return copy.build();
  }

  /** Names a variable that is known by its node alone, which a prefix would rename. */
  private static NodeDef withoutShapes(NodeDef node) {
    NodeDef.Builder copy = node.toBuilder().removeAttr(RECORDED_SHAPES);
    if (node.getOp().equals(VARIABLE)
        && node.getAttrOrDefault(SHARED_NAME, AttrValue.getDefaultInstance()).getS().isEmpty()) {
      copy.putAttr(SHARED_NAME, AttrValue.newBuilder().setS(node.getNameBytes()).build());
    }
    return copy.build();
  }
}
