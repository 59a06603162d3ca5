package org.virusmnist.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Checks that calls end: no function may reach itself, and the graph with every call written out
 * must stay of a size that TensorFlow can handle when it inlines functions.
 */
final class CallCheck {
  /** MobileNetV2 with every signature has about 20,000. */
  static final long MAX_NODES = 2_000_000;

  private final GraphView graph;
  private final Problems problems;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  CallCheck(GraphView graph, Problems problems) {
    this.graph = graph;
    this.problems = problems;
  }

  void check() {
    long total = 0;
    for (String body : graph.bodies().keySet()) {
      total = Math.max(total, size(body, 0));
    }
    if (total > MAX_NODES && problems.isEmpty()) {
      problems.add(
          "the graph has more than %d nodes with every call written out, expected fewer",
          MAX_NODES);
    }
  }

  private long size(String body, int depth) {
    Long known = sizes.get(body);
    if (known != null) {
      return known;
    }
    if (!open.add(body) || depth > 100) {
      problems.add("%s calls itself, or calls are nested too deeply", GraphView.place(body));
      return 0;
    }
    List<NodeDef> nodes = graph.bodies().getOrDefault(body, List.of());
    long size = nodes.size();
    for (NodeDef node : nodes) {
      for (String callee : GraphView.calls(node).toList()) {
        size = Math.min(MAX_NODES + 1, size + size(callee, depth + 1));
      }
    }
    open.remove(body);
    sizes.put(body, size);
    return size;
  }
}
