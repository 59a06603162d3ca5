package org.virusmnist.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;

/**
 * Checks that saving and restoring touch the files they are told to and no others.
 *
 * <p>The path that reaches a file op must be the function's first argument, which the graph feeds
 * from the saver's file name, followed by one of two suffixes that TensorFlow's own saver appends.
 */
final class SaverCheck {
  private static final Set<String> SUFFIXES = Set.of(".part", "_temp/part");

  private final GraphView graph;
  private final Problems problems;

  SaverCheck(GraphView graph, Problems problems) {
    this.graph = graph;
    this.problems = problems;
  }

  /** Returns the names of the functions that save and restore, checked. */
  Set<String> check() {
    SaverDef saver = graph.metaGraph().getSaverDef();
    Set<String> savers = new HashSet<>();
    for (String name : List.of(saver.getSaveTensorName(), saver.getRestoreOpName())) {
      NodeDef node = graph.mainNode(name);
      String function = node == null ? "" : GraphView.calls(node).findFirst().orElse("");
      if (!graph.hasFunction(function)) {
        problems.add("the saver names '%s', expected a node that calls a function", name);
      } else {
        savers.add(function);
      }
    }
    requireFileNameFromOutside(saver, savers);
    savers.forEach(name -> checkPaths(graph.function(name)));
    return savers;
  }

  private void requireFileNameFromOutside(SaverDef saver, Set<String> savers) {
    String fileName = GraphView.nodeName(saver.getFilenameTensorName());
    NodeDef placeholder = graph.mainNode(fileName);
    if (placeholder == null || !placeholder.getOp().equals("Placeholder")) {
      problems.add("the saver's file name '%s' is no placeholder of the graph", fileName);
    }
    for (NodeDef node : graph.metaGraph().getGraphDef().getNodeList()) {
      boolean isSaverCall = GraphView.calls(node).anyMatch(savers::contains);
      if (isSaverCall && !GraphView.nodeName(firstInput(node)).equals(fileName)) {
        problems.add(
            "node '%s' saves or restores a file of its own choice, expected '%s'",
            node.getName(), fileName);
      }
    }
  }

  private static String firstInput(NodeDef node) {
    return node.getInputCount() == 0 ? "" : node.getInput(0);
  }

  private void checkPaths(FunctionDef function) {
    Map<String, NodeDef> nodes =
        function.getNodeDefList().stream()
            .collect(Collectors.toMap(NodeDef::getName, node -> node, (a, b) -> b));
    String prefix =
        function.getSignature().getInputArgCount() == 0
            ? ""
            : function.getSignature().getInputArg(0).getName();
    for (NodeDef node : function.getNodeDefList()) {
      if (!hasKnownPaths(node, nodes, prefix)) {
        problems.add(
            "op '%s' (node '%s' in %s) builds a path that is not the saver's",
            node.getOp(), node.getName(), GraphView.place(function.getSignature().getName()));
      }
    }
  }

  private static boolean hasKnownPaths(NodeDef node, Map<String, NodeDef> nodes, String prefix) {
    Predicate<String> isPrefix = input -> input.equals(prefix);
    return switch (node.getOp()) {
      case "RestoreV2" -> input(node, 0, isPrefix);
      case "SaveV2" -> input(node, 0, madeBy("ShardedFilename", nodes));
      case "ShardedFilename" -> input(node, 0, madeBy("StringJoin", nodes));
      case "StringJoin" ->
          node.getInputCount() == 2
              && attribute(node, "separator").getS().isEmpty()
              && input(node, 0, isPrefix)
              && input(node, 1, madeBy("Select", nodes));
      case "Select" -> input(node, 1, suffix(nodes)) && input(node, 2, suffix(nodes));
      case "MergeV2Checkpoints" ->
          input(node, 0, madeBy("Pack", nodes)) && input(node, 1, isPrefix);
      case "Pack" ->
          node.getInputList().stream()
              .filter(name -> !name.startsWith("^"))
              .allMatch(madeBy("ShardedFilename", nodes));
      default -> true;
    };
  }

  private static boolean input(NodeDef node, int index, Predicate<String> isAllowed) {
    return index < node.getInputCount() && isAllowed.test(node.getInput(index));
  }

  private static Predicate<String> madeBy(String op, Map<String, NodeDef> nodes) {
    return input -> {
      NodeDef node = nodes.get(GraphView.nodeName(input));
      return node != null && node.getOp().equals(op);
    };
  }

  private static Predicate<String> suffix(Map<String, NodeDef> nodes) {
    return input -> SUFFIXES.contains(constant(nodes.get(GraphView.nodeName(input))));
  }

  private static String constant(@Nullable NodeDef node) {
    return node != null && attribute(node, "value").getTensor().getStringValCount() == 1
        ? attribute(node, "value").getTensor().getStringVal(0).toStringUtf8()
        : "";
  }

  private static AttrValue attribute(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }
}
