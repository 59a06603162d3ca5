package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GradientDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.VersionDef;

/** A slice has everything its tensors need, or a call would fail, and nothing else. */
class GraphSliceTest {
  @Test
  void keepsWhatATensorDependsOnThroughDataAndControlInputs() {
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(node("input"))
            .addNode(node("ready"))
            .addNode(node("sum").addInput("input:1").addInput("^ready"))
            .addNode(node("unused").addInput("sum"))
            .build();

    assertThat(nodes(GraphSlice.of(graph, List.of("sum:0"))))
        .containsExactly("sum", "input", "ready");
  }

  @Test
  void keepsFunctionsThatANodeCallsDirectlyByAttributeOrThroughOthers() {
    GraphDef.Builder graph =
        GraphDef.newBuilder()
            .addNode(node("call").setOp("by_operation").putAttr("branches", functions("branch")));
    graph
        .getLibraryBuilder()
        .addFunction(function("by_operation"))
        .addFunction(function("branch", node("inner").putAttr("f", call("deep"))))
        .addFunction(function("deep", node("again").putAttr("f", call("branch"))))
        .addFunction(function("unused"));

    assertThat(
            GraphSlice.of(graph.build(), List.of("call")).getLibrary().getFunctionList().stream()
                .map(function -> function.getSignature().getName()))
        .containsExactly("by_operation", "branch", "deep");
  }

  @Test
  void keepsTheGradientsOfItsFunctionsOnly() {
    GraphDef.Builder graph = GraphDef.newBuilder().addNode(node("call").setOp("kept"));
    graph
        .getLibraryBuilder()
        .addFunction(function("kept"))
        .addFunction(function("unused"))
        .addGradient(GradientDef.newBuilder().setFunctionName("kept").setGradientFunc("k"))
        .addGradient(GradientDef.newBuilder().setFunctionName("unused").setGradientFunc("u"));

    assertThat(GraphSlice.of(graph.build(), List.of("call")).getLibrary().getGradientList())
        .extracting(GradientDef::getGradientFunc)
        .containsExactly("k");
  }

  @Test
  void leavesRecordedShapesOutAndOtherAttributesIn() {
    AttrValue any = AttrValue.newBuilder().setI(1).build();
    NodeDef.Builder noted = node("a").putAttr("_output_shapes", any).putAttr("T", any);
    GraphDef.Builder graph =
        GraphDef.newBuilder()
            .addNode(noted)
            .addNode(node("call").addInput("a").putAttr("f", call("function")));
    graph
        .getLibraryBuilder()
        .addFunction(
            function("function", noted.clone()).toBuilder()
                .putArgAttr(
                    0,
                    FunctionDef.ArgAttrs.newBuilder()
                        .putAttr("_output_shapes", any)
                        .putAttr("_user_specified_name", any)
                        .build()));

    GraphDef slice = GraphSlice.of(graph.build(), List.of("call"));

    FunctionDef function = slice.getLibrary().getFunction(0);
    assertThat(slice.getNode(1).getAttrMap()).containsOnlyKeys("T");
    assertThat(function.getNodeDef(0).getAttrMap()).containsOnlyKeys("T");
    assertThat(function.getArgAttrOrThrow(0).getAttrMap()).containsOnlyKeys("_user_specified_name");
  }

  @Test
  void namesAVariableThatOnlyItsNodeNamesSinceAPrefixWouldMakeItAnother() {
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(node("unnamed").setOp("VarHandleOp"))
            .addNode(
                node("other")
                    .setOp("VarHandleOp")
                    .putAttr("shared_name", text("named"))
                    .addInput("unnamed"))
            .build();

    assertThat(GraphSlice.of(graph, List.of("other")).getNodeList())
        .extracting(node -> node.getAttrOrThrow("shared_name"))
        .containsExactly(text("named"), text("unnamed"));
  }

  @Test
  void keepsTheVersionsOfTheGraph() {
    VersionDef versions = VersionDef.newBuilder().setProducer(1882).build();
    GraphDef graph = GraphDef.newBuilder().setVersions(versions).addNode(node("a")).build();

    assertThat(GraphSlice.of(graph, List.of("a")).getVersions()).isEqualTo(versions);
  }

  @Test
  void refusesATensorOfNoNode() {
    assertThatThrownBy(() -> GraphSlice.of(GraphDef.getDefaultInstance(), List.of("a:0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the graph has no node 'a'");
  }

  private static NodeDef.Builder node(String name) {
    return NodeDef.newBuilder().setName(name).setOp("NoOp");
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static AttrValue call(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static AttrValue functions(String name) {
    NameAttrList called = NameAttrList.newBuilder().setName(name).build();
    return AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addFunc(called)).build();
  }

  private static FunctionDef function(String name, NodeDef.Builder... nodes) {
    FunctionDef.Builder function =
        FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName(name));
    for (NodeDef.Builder node : nodes) {
      function.addNodeDef(node);
    }
    return function.build();
  }

  private static List<String> nodes(GraphDef graph) {
    return graph.getNodeList().stream().map(NodeDef::getName).toList();
  }
}
