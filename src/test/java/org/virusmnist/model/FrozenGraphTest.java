package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/** Constants take the place of variables, and whatever handed variables on hands values on. */
class FrozenGraphTest {
  private static final TensorProto VALUE =
      TensorProto.newBuilder()
          .setDtype(DataType.DT_FLOAT)
          .setTensorContent(ByteString.copyFrom(new byte[] {1, 2, 3, 4}))
          .build();

  @Test
  void putsTheValueWhereTheVariableWas() {
    GraphDef frozen =
        FrozenGraph.of(
            GraphDef.newBuilder().addNode(variable()).addNode(read("v")).build(),
            Map.of("v", VALUE));

    assertThat(frozen.getNode(0).getName()).isEqualTo("v");
    assertThat(frozen.getNode(0).getOp()).isEqualTo("Const");
    assertThat(frozen.getNode(0).getAttrOrThrow("value").getTensor()).isEqualTo(VALUE);
    assertThat(frozen.getNode(1))
        .isEqualTo(
            NodeDef.newBuilder()
                .setName("read")
                .setOp("Identity")
                .addInput("v")
                .putAttr("T", type(DataType.DT_FLOAT))
                .build());
  }

  @Test
  void handsValuesToFunctions() {
    NodeDef call =
        node("call", "StatefulPartitionedCall", "images", "v")
            .putAttr("f", function("base"))
            .putAttr("Tin", types(DataType.DT_UINT8, DataType.DT_RESOURCE))
            .putAttr("Tout", types(DataType.DT_FLOAT))
            .putAttr("_read_only_resource_inputs", AttrValue.getDefaultInstance())
            .build();
    GraphDef.Builder graph = GraphDef.newBuilder().addNode(variable()).addNode(call);
    graph.getLibraryBuilder().addFunction(base());

    GraphDef frozen = FrozenGraph.of(graph.build(), Map.of("v", VALUE));

    NodeDef called = frozen.getNode(1);
    assertThat(called.getOp()).isEqualTo("PartitionedCall");
    assertThat(called.getAttrMap()).doesNotContainKey("_read_only_resource_inputs");
    assertThat(called.getAttrOrThrow("Tin")).isEqualTo(types(DataType.DT_UINT8, DataType.DT_FLOAT));
    FunctionDef function = frozen.getLibrary().getFunction(0);
    assertThat(function.getSignature().getIsStateful()).isFalse();
    assertThat(function.getSignature().getInputArgList())
        .extracting(OpDef.ArgDef::getType)
        .containsExactly(DataType.DT_UINT8, DataType.DT_FLOAT);
    assertThat(function.getNodeDef(0).getOp()).isEqualTo("Identity");
    assertThat(function.getNodeDef(1).getInputList()).containsExactly("read:output:0", "^read");
    assertThat(function.getRetMap()).containsEntry("features", "read:output:0");
  }

  @Test
  void gathersRowsOfAValue() {
    NodeDef gather =
        node("rows", "ResourceGather", "v", "indices")
            .putAttr("dtype", type(DataType.DT_FLOAT))
            .putAttr("Tindices", type(DataType.DT_INT32))
            .putAttr("batch_dims", AttrValue.newBuilder().setI(0).build())
            .build();
    GraphDef.Builder graph = GraphDef.newBuilder().addNode(variable()).addNode(gather);
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("f"))
                .addNodeDef(gather));

    GraphDef frozen = FrozenGraph.of(graph.build(), Map.of("v", VALUE));

    assertThat(frozen.getNodeList())
        .extracting(NodeDef::getName)
        .containsExactly("v", "rows/axis", "rows");
    assertThat(frozen.getNode(2).getOp()).isEqualTo("GatherV2");
    assertThat(frozen.getNode(2).getInputList()).containsExactly("v", "indices", "rows/axis");
    assertThat(frozen.getNode(2).getAttrMap())
        .containsOnlyKeys("Tparams", "Tindices", "Taxis", "batch_dims");
    assertThat(frozen.getLibrary().getFunction(0).getNodeDef(1).getInputList())
        .containsExactly("v", "indices", "rows/axis:output:0");
  }

  @Test
  void freezesWhatOnlyReads() {
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(variable())
            .addNode(read("v"))
            .addNode(node("loop", "While", "v"))
            .addNode(node("sum", "AddV2", "read", "read"))
            .build();

    assertThat(FrozenGraph.canFreeze(graph)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AssignVariableOp", "ResourceApplyAdam", "VariableShape"})
  void leavesAloneWhatDoesMoreThanRead(String operation) {
    NodeDef other = node("other", operation, "v").build();
    GraphDef.Builder inside = GraphDef.newBuilder();
    inside
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("f"))
                .addNodeDef(other));

    assertThat(FrozenGraph.canFreeze(GraphDef.newBuilder().addNode(other).build())).isFalse();
    assertThat(FrozenGraph.canFreeze(inside.build())).isFalse();
  }

  @Test
  void leavesAloneVariablesThatAreNotFloats() {
    NodeDef counter = node("step", "VarHandleOp").putAttr("dtype", type(DataType.DT_INT64)).build();

    assertThat(FrozenGraph.canFreeze(GraphDef.newBuilder().addNode(counter).build())).isFalse();
  }

  private static FunctionDef base() {
    return FunctionDef.newBuilder()
        .setSignature(
            OpDef.newBuilder()
                .setName("base")
                .setIsStateful(true)
                .addInputArg(argument("images", DataType.DT_UINT8))
                .addInputArg(argument("weights", DataType.DT_RESOURCE)))
        .addNodeDef(read("weights"))
        .addNodeDef(node("sum", "AddV2", "read:value:0", "^read"))
        .putRet("features", "read:value:0")
        .build();
  }

  private static NodeDef variable() {
    return node("v", "VarHandleOp").putAttr("dtype", type(DataType.DT_FLOAT)).build();
  }

  private static NodeDef read(String variable) {
    return node("read", "ReadVariableOp", variable)
        .putAttr("dtype", type(DataType.DT_FLOAT))
        .build();
  }

  private static NodeDef.Builder node(String name, String operation, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs));
  }

  private static OpDef.ArgDef argument(String name, DataType type) {
    return OpDef.ArgDef.newBuilder().setName(name).setType(type).build();
  }

  private static AttrValue function(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue types(DataType... types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(List.of(types)))
        .build();
  }
}
