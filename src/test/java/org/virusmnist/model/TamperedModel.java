package org.virusmnist.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Copies of the tiny SavedModel with something changed. */
public final class TamperedModel {
  static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  private final Path directory;

  private TamperedModel(Path directory) {
    this.directory = directory;
  }

  static TamperedModel copyTo(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(TINY)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(TINY.relativize(file).toString()));
      }
    }
    return new TamperedModel(directory);
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  TamperedModel editModel(Consumer<SavedModel.Builder> edit) throws IOException {
    Path file = file("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    edit.accept(model);
    Files.write(file, model.build().toByteArray());
    return this;
  }

  TamperedModel editMeta(Consumer<MetaGraphDef.Builder> edit) throws IOException {
    return editModel(model -> edit.accept(model.getMetaGraphsBuilder(0)));
  }

  TamperedModel editGraph(Consumer<GraphDef.Builder> edit) throws IOException {
    return editMeta(meta -> edit.accept(meta.getGraphDefBuilder()));
  }

  TamperedModel editLibrary(Consumer<FunctionDefLibrary.Builder> edit) throws IOException {
    return editGraph(graph -> edit.accept(graph.getLibraryBuilder()));
  }

  /** Changes the function whose name contains some text. */
  TamperedModel editFunction(String name, Consumer<FunctionDef.Builder> edit) throws IOException {
    return editLibrary(
        library ->
            library.getFunctionBuilderList().stream()
                .filter(function -> function.getSignature().getName().contains(name))
                .findFirst()
                .ifPresentOrElse(
                    edit,
                    () -> {
                      throw new IllegalStateException("the fixture has no function " + name);
                    }));
  }

  TamperedModel editNode(String function, String node, Consumer<NodeDef.Builder> edit)
      throws IOException {
    return editFunction(function, body -> edit.accept(find(body.getNodeDefBuilderList(), node)));
  }

  TamperedModel editMainNode(String node, Consumer<NodeDef.Builder> edit) throws IOException {
    return editGraph(graph -> edit.accept(find(graph.getNodeBuilderList(), node)));
  }

  /** The name of the function that a node of the graph calls. */
  String callee(String node) throws IOException {
    GraphDef graph =
        SavedModel.parseFrom(Files.readAllBytes(file("saved_model.pb")))
            .getMetaGraphs(0)
            .getGraphDef();
    return graph.getNodeList().stream()
        .filter(candidate -> candidate.getName().equals(node))
        .findFirst()
        .orElseThrow()
        .getAttrOrThrow("f")
        .getFunc()
        .getName();
  }

  /** The graph of the fixture as it is. */
  static MetaGraphDef fixture() {
    try {
      return SavedModel.parseFrom(Files.readAllBytes(TINY.resolve("saved_model.pb")))
          .getMetaGraphs(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole name of the function of the fixture whose name begins so. */
  static String functionNamed(String beginning) {
    return fixture().getGraphDef().getLibrary().getFunctionList().stream()
        .map(function -> function.getSignature().getName())
        .filter(name -> name.startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  private static NodeDef.Builder find(List<NodeDef.Builder> nodes, String name) {
    return nodes.stream().filter(node -> node.getName().equals(name)).findFirst().orElseThrow();
  }

  static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)).build();
  }

  static NodeDef call(String name, String function) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("StatefulPartitionedCall")
        .putAttr("f", function(function))
        .build();
  }

  static NodeDef text(String name, String value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(com.google.protobuf.ByteString.copyFromUtf8(value))
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  static AttrValue function(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  static TensorShapeProto shape(long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dimension));
    }
    return shape.build();
  }

  /** A function without arguments or results. */
  static FunctionDef function(String name, NodeDef... nodes) {
    FunctionDef.Builder function = FunctionDef.newBuilder().addAllNodeDef(List.of(nodes));
    function.getSignatureBuilder().setName(name);
    return function.build();
  }
}
