package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** The fused loss gives way to operations that repeat; whoever used it uses those. */
class DeterministicGraphTest {
  private static final String FUSED = "SoftmaxCrossEntropyWithLogits";

  @Test
  void namesOutputsInAGraphByNumber() {
    GraphDef changed =
        DeterministicGraph.of(
            GraphDef.newBuilder()
                .addNode(loss("logits", "labels", "^first"))
                .addNode(node("mean", "Mean", "loss", "loss:0", "^loss"))
                .addNode(node("scale", "Mul", "loss:1", "logits"))
                .build());

    assertThat(inputs(changed.getNodeList(), "loss/log_probabilities"))
        .containsExactly("logits", "^first");
    assertThat(inputs(changed.getNodeList(), "loss/products"))
        .containsExactly("labels", "loss/log_probabilities");
    assertThat(inputs(changed.getNodeList(), "loss/sum"))
        .containsExactly("loss/products", "loss/axis");
    assertThat(inputs(changed.getNodeList(), "loss")).containsExactly("loss/sum");
    assertThat(inputs(changed.getNodeList(), "loss/gradient"))
        .containsExactly("loss/probabilities", "labels");
    assertThat(inputs(changed.getNodeList(), "mean")).containsExactly("loss", "loss", "^loss");
    assertThat(inputs(changed.getNodeList(), "scale")).containsExactly("loss/gradient", "logits");
  }

  @Test
  void namesOutputsInAFunctionByName() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("step"))
                .addNodeDef(loss("dense:z:0", "labels"))
                .addNodeDef(node("mean", "Mean", "loss:loss:0"))
                .putRet("loss", "loss:loss:0")
                .putRet("gradient", "loss:backprop:0")
                .putRet("mean", "mean:output:0"));

    FunctionDef changed = DeterministicGraph.of(graph.build()).getLibrary().getFunction(0);

    assertThat(inputs(changed.getNodeDefList(), "loss/products"))
        .containsExactly("labels", "loss/log_probabilities:logsoftmax:0");
    assertThat(inputs(changed.getNodeDefList(), "loss/sum"))
        .containsExactly("loss/products:z:0", "loss/axis:output:0");
    assertThat(inputs(changed.getNodeDefList(), "mean")).containsExactly("loss:y:0");
    assertThat(changed.getRetMap())
        .isEqualTo(
            Map.of("loss", "loss:y:0", "gradient", "loss/gradient:z:0", "mean", "mean:output:0"));
  }

  @Test
  void leavesNoneInTheModelsThatAreShipped() throws IOException {
    GraphDef graph = SavedModelFile.read(TamperedModel.TINY).metaGraph().getGraphDef();

    assertThat(graph.toString()).contains(FUSED);
    assertThat(DeterministicGraph.of(graph).toString()).doesNotContain(FUSED);
  }

  private static NodeDef loss(String... inputs) {
    return node("loss", FUSED, inputs).toBuilder()
        .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
        .build();
  }

  private static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)).build();
  }

  private static List<String> inputs(List<NodeDef> nodes, String name) {
    return nodes.stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getInputList();
  }
}
