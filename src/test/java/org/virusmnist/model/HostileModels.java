package org.virusmnist.model;

import static org.virusmnist.model.TamperedModel.call;
import static org.virusmnist.model.TamperedModel.function;
import static org.virusmnist.model.TamperedModel.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Models with an op that writes a file, or reads one, hung where TensorFlow would run it: the file
 * that appears gives them away.
 */
public final class HostileModels {
  /** The function that predictions are computed by. */
  private static final String PREDICTING = "StatefulPartitionedCall_4";

  private HostileModels() {}

  /** Changes a model. */
  @FunctionalInterface
  public interface Tampering {
    /** Applies the change. */
    void apply(TamperedModel model) throws IOException;
  }

  /** A place in a model where ops are hung. */
  @FunctionalInterface
  private interface Place {
    void hang(TamperedModel model, List<NodeDef> nodes) throws IOException;
  }

  /**
   * Returns every op at every place.
   *
   * @param canary the file that must not appear
   */
  public static Map<String, Tampering> all(Path canary) {
    Map<String, Tampering> all = new LinkedHashMap<>();
    ops(canary)
        .forEach(
            (op, nodes) ->
                places()
                    .forEach((place, hung) -> all.put(op + " " + place, m -> hung.hang(m, nodes))));
    all.put("WriteFile on the init op, variables missing", m -> withoutVariables(m, canary));
    return all;
  }

  /** Makes a copy of the small model whose init op writes a file. */
  public static Path writesWhenLoaded(Path directory, Path canary) throws IOException {
    TamperedModel model = TamperedModel.copyTo(directory);
    onInitOp(model, write(canary));
    return directory;
  }

  /** Makes the same without variables, which TensorFlow's loader only warns of. */
  public static Path writesWhenLoadedWithoutVariables(Path directory, Path canary)
      throws IOException {
    withoutVariables(TamperedModel.copyTo(directory), canary);
    return directory;
  }

  /** Copies the small model and changes it. */
  public static Path copy(Path directory, Tampering tampering) throws IOException {
    tampering.apply(TamperedModel.copyTo(directory));
    return directory;
  }

  private static void withoutVariables(TamperedModel model, Path canary) throws IOException {
    onInitOp(model, write(canary));
    Files.delete(model.file("variables/variables.index"));
    Files.delete(model.file("variables/variables.data-00000-of-00001"));
    Files.delete(model.file("variables"));
  }

  /** Ops that leave or look for a file, the last of each list the one that does it. */
  private static Map<String, List<NodeDef>> ops(Path canary) {
    Map<String, List<NodeDef>> ops = new LinkedHashMap<>();
    ops.put("WriteFile", write(canary));
    ops.put("PrintV2", List.of(text("what", "x"), print(canary)));
    ops.put(
        "SaveV2",
        List.of(
            text("path", canary.toString()),
            texts("names"),
            texts("slices"),
            text("what", "x"),
            of("SaveV2", "path", "names", "slices", "what").toBuilder()
                .putAttr("dtypes", types(DataType.DT_STRING))
                .build()));
    ops.put(
        "MergeV2Checkpoints",
        List.of(
            texts("from"),
            text("path", canary.toString()),
            of("MergeV2Checkpoints", "from", "path")));
    ops.put("ReadFile", List.of(text("path", "/etc/passwd"), of("ReadFile", "path")));
    ops.put("MatchingFiles", List.of(text("path", "/etc/*"), of("MatchingFiles", "path")));
    ops.put(
        "PyFunc",
        List.of(
            of("PyFunc").toBuilder()
                .putAttr("token", AttrValue.newBuilder().setS(bytes("f")).build())
                .putAttr("Tin", types())
                .putAttr("Tout", types())
                .build()));
    return ops;
  }

  private static Map<String, Place> places() {
    Map<String, Place> places = new LinkedHashMap<>();
    places.put("on the init op", HostileModels::onInitOp);
    places.put(
        "in the collection legacy_init_op",
        (model, nodes) -> {
          model.editGraph(g -> g.addAllNode(nodes));
          model.editMeta(
              g ->
                  g.putCollectionDef(
                      "legacy_init_op",
                      CollectionDef.newBuilder()
                          .setNodeList(CollectionDef.NodeList.newBuilder().addValue(last(nodes)))
                          .build()));
        });
    places.put(
        "in what predicts",
        (model, nodes) ->
            model.editFunction(
                model.callee(PREDICTING),
                f -> f.addAllNodeDef(inFunction(nodes)).putControlRet("hostile", last(nodes))));
    places.put(
        "in a function behind a call",
        (model, nodes) -> {
          NodeDef[] body = inFunction(nodes).toArray(NodeDef[]::new);
          model.editLibrary(l -> l.addFunction(function("hidden", body)));
          model.editGraph(g -> g.addNode(call("outer", "hidden")));
          model.editMainNode("NoOp", n -> n.addInput("^outer"));
        });
    return places;
  }

  private static void onInitOp(TamperedModel model, List<NodeDef> nodes) throws IOException {
    model.editGraph(g -> g.addAllNode(nodes));
    model.editMainNode("NoOp", n -> n.addInput("^" + last(nodes)));
  }

  private static String last(List<NodeDef> nodes) {
    return nodes.get(nodes.size() - 1).getName();
  }

  private static List<NodeDef> write(Path canary) {
    return List.of(
        text("path", canary.toString()), text("what", "executed"), of("WriteFile", "path", "what"));
  }

  private static NodeDef print(Path canary) {
    return of("PrintV2", "what").toBuilder()
        .putAttr("output_stream", AttrValue.newBuilder().setS(bytes("file://" + canary)).build())
        .build();
  }

  private static NodeDef of(String op, String... inputs) {
    return TamperedModel.node("hostile", op, inputs);
  }

  /** Functions name the outputs of their nodes otherwise than graphs do. */
  private static List<NodeDef> inFunction(List<NodeDef> nodes) {
    List<NodeDef> named = new ArrayList<>();
    for (NodeDef node : nodes) {
      NodeDef.Builder inside = node.toBuilder().clearInput();
      node.getInputList().forEach(input -> inside.addInput(input + ":output:0"));
      named.add(inside.build());
    }
    return named;
  }

  private static NodeDef texts(String name) {
    NodeDef.Builder node = text(name, "x").toBuilder();
    AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
    value.getTensorBuilder().setTensorShape(TamperedModel.shape(1));
    return node.putAttr("value", value.build()).build();
  }

  private static AttrValue types(DataType... types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(List.of(types)))
        .build();
  }

  private static com.google.protobuf.ByteString bytes(String text) {
    return com.google.protobuf.ByteString.copyFromUtf8(text);
  }
}
