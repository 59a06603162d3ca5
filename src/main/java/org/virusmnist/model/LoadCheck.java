package org.virusmnist.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Checks what runs while a model is being loaded: nothing but restoring its variables.
 *
 * <p>TensorFlow runs the init op that a signature or a collection names, and its Java API runs the
 * table initializers besides. A classifier has no need of either: its init op is a lone NoOp.
 */
final class LoadCheck {
  private static final String INIT_SIGNATURE = "__saved_model_init_op";
  private static final String MAIN_OP = "saved_model_main_op";
  private static final Set<String> KNOWN_COLLECTIONS = Set.of(MAIN_OP);

  private final GraphView graph;
  private final Problems problems;

  LoadCheck(GraphView graph, Problems problems) {
    this.graph = graph;
    this.problems = problems;
  }

  void check() {
    for (AssetFileDef asset : graph.metaGraph().getAssetFileDefList()) {
      problems.add(
          "it names the asset file '%s', expected a model without assets", asset.getFilename());
    }
    for (String collection : graph.metaGraph().getCollectionDefMap().keySet()) {
      if (!KNOWN_COLLECTIONS.contains(collection)) {
        problems.add("it has the collection '%s', which could run when it is loaded", collection);
      }
    }
    initOps().forEach(this::requireNoOp);
  }

  private List<String> initOps() {
    MetaGraphDef metaGraph = graph.metaGraph();
    List<String> names = new ArrayList<>();
    SignatureDef signature = metaGraph.getSignatureDefMap().get(INIT_SIGNATURE);
    if (signature != null) {
      for (Map.Entry<String, TensorInfo> output : signature.getOutputsMap().entrySet()) {
        names.add(output.getValue().getName());
      }
    }
    CollectionDef collection = metaGraph.getCollectionDefMap().get(MAIN_OP);
    if (collection != null) {
      names.addAll(collection.getNodeList().getValueList());
    }
    return names;
  }

  /** Walks everything that would run before the init op. */
  private void requireNoOp(String initOp) {
    Deque<String> waiting = new ArrayDeque<>(List.of(initOp));
    Set<String> seen = new HashSet<>();
    while (!waiting.isEmpty()) {
      String name = waiting.remove();
      if (!seen.add(GraphView.nodeName(name))) {
        continue;
      }
      NodeDef node = graph.mainNode(name);
      if (node == null) {
        problems.add("its init op needs node '%s', which is not in the graph", name);
      } else if (!node.getOp().equals("NoOp")) {
        problems.add(
            "its init op runs op '%s' (node '%s') when it is loaded, expected NoOp alone",
            node.getOp(), node.getName());
      } else {
        waiting.addAll(node.getInputList());
      }
    }
  }
}
