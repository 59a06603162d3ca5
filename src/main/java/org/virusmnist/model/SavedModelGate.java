package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Decides in Java whether native code may see a SavedModel at all.
 *
 * <p>A SavedModel is a program: TensorFlow runs its init op while it loads, and its ops may read
 * and write files. This gate lets through what is like the models of our exporter: ops of a closed
 * list, file ops only where variables are saved and restored and only on the path they are given,
 * nothing that runs at load, no assets, no links, bounded sizes. It cannot promise that TensorFlow
 * has no fault in an op that is on the list.
 */
final class SavedModelGate {
  private static final String SERVE_TAG = "serve";

  private SavedModelGate() {}

  /**
   * Checks everything.
   *
   * @throws ModelContractException naming what was found, if the model is refused
   */
  static void check(Path directory, SavedModel model) throws IOException {
    Problems problems = new Problems();
    ModelFiles.check(directory, problems);
    List<MetaGraphDef> graphs = model.getMetaGraphsList();
    if (graphs.size() != 1
        || !graphs.get(0).getMetaInfoDef().getTagsList().equals(List.of(SERVE_TAG))) {
      problems.add("it has %d graphs, expected one, tagged '%s' alone", graphs.size(), SERVE_TAG);
    }
    graphs.forEach(graph -> checkGraph(new GraphView(graph), problems));
    if (!problems.isEmpty()) {
      throw ModelContractException.refused(directory, problems.toList());
    }
  }

  private static void checkGraph(GraphView graph, Problems problems) {
    requireDistinctNames(graph, problems);
    new LoadCheck(graph, problems).check();
    Set<String> savers = new SaverCheck(graph, problems).check();
    new OpCheck(graph, savers, problems).check();
    new CallCheck(graph, problems).check();
  }

  /** A second function or node of the same name would hide from the checks. */
  private static void requireDistinctNames(GraphView graph, Problems problems) {
    int functions = graph.metaGraph().getGraphDef().getLibrary().getFunctionCount();
    if (graph.bodies().size() != functions + 1) {
      problems.add("two of its functions have the same name, or one has none");
    }
    graph
        .bodies()
        .forEach(
            (body, nodes) -> {
              if (nodes.stream().map(node -> node.getName()).distinct().count() != nodes.size()) {
                problems.add("two nodes of %s have the same name", GraphView.place(body));
              }
            });
  }
}
