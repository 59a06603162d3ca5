package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.virusmnist.model.TamperedModel.call;
import static org.virusmnist.model.TamperedModel.function;
import static org.virusmnist.model.TamperedModel.node;
import static org.virusmnist.model.TamperedModel.shape;
import static org.virusmnist.model.TamperedModel.text;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.virusmnist.storage.Sha256;

/** What native code must never see is refused in Java, by name. */
class SavedModelGateTest {
  private static final String SAVE = TamperedModel.functionNamed("__inference__traced_save");
  private static final String RESTORE = TamperedModel.functionNamed("__inference__traced_restore");
  private static final String RESTORE_OP = TamperedModel.fixture().getSaverDef().getRestoreOpName();
  private static final String NOT_LISTED = " is not on the list of ops a classifier may use";
  private static final String TOUCHES =
      " touches files outside the functions that save and restore";
  private static final String OTHER_PATH = " builds a path that is not the saver's";

  @TempDir private Path temporary;

  @FunctionalInterface
  interface Tampering {
    void apply(TamperedModel model) throws IOException;
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(ops(), saving(), loading(), structure(), files()).flatMap(cases -> cases);
  }

  private static Stream<Arguments> ops() {
    return Stream.of(
        hostile(
            "an op that reads a file",
            m -> m.editGraph(g -> g.addNode(node("spy", "ReadFile", "name"))),
            "op 'ReadFile' (node 'spy' in the graph)" + NOT_LISTED),
        hostile(
            "an op that runs Python",
            m -> m.editLibrary(l -> l.addFunction(function("f", node("py", "PyFunc")))),
            "op 'PyFunc' (node 'py' in function 'f')" + NOT_LISTED),
        hostile(
            "a print that could go to a file",
            m -> m.editLibrary(l -> l.addFunction(function("f", node("p", "PrintV2")))),
            "op 'PrintV2' (node 'p' in function 'f')" + NOT_LISTED),
        hostile(
            "a data set",
            m -> m.editLibrary(l -> l.addFunction(function("f", node("d", "TFRecordDataset")))),
            "op 'TFRecordDataset' (node 'd' in function 'f')" + NOT_LISTED),
        hostile(
            "an op that does not exist",
            m -> m.editGraph(g -> g.addNode(node("x", "Frobnicate"))),
            "op 'Frobnicate' (node 'x' in the graph)" + NOT_LISTED),
        hostile(
            "a function used as an op",
            m ->
                m.editLibrary(l -> l.addFunction(function("f", node("n", "NoOp"))))
                    .editGraph(g -> g.addNode(node("x", "f"))),
            "op 'f' (node 'x' in the graph)" + NOT_LISTED),
        hostile(
            "a save in the graph itself",
            m -> m.editGraph(g -> g.addNode(node("s", "SaveV2"))),
            "op 'SaveV2' (node 's' in the graph)" + TOUCHES),
        hostile(
            "a restore in a function that is no saver",
            m -> m.editLibrary(l -> l.addFunction(function("f", node("r", "RestoreV2")))),
            "op 'RestoreV2' (node 'r' in function 'f')" + TOUCHES));
  }

  private static NodeDef variable(TensorShapeProto shape) {
    AttrValue value = AttrValue.newBuilder().setShape(shape).build();
    return node("v", "VarHandleOp").toBuilder().putAttr("shape", value).build();
  }

  private static Stream<Arguments> saving() {
    return Stream.of(
        hostile(
            "a restore from a path of its own",
            m ->
                m.editFunction(RESTORE, f -> f.addNodeDef(text("mine", "/etc/shadow")))
                    .editNode(RESTORE, "RestoreV2", n -> n.setInput(0, "mine:output:0")),
            "op 'RestoreV2' (node 'RestoreV2' in function '" + RESTORE + "')" + OTHER_PATH),
        hostile(
            "a save to a path of its own",
            m ->
                m.editFunction(SAVE, f -> f.addNodeDef(text("mine", "/root/.bashrc")))
                    .editNode(SAVE, "SaveV2", n -> n.setInput(0, "mine:output:0")),
            "op 'SaveV2' (node 'SaveV2' in function '" + SAVE + "')" + OTHER_PATH),
        hostile(
            "a shard somewhere else",
            m ->
                m.editFunction(SAVE, f -> f.addNodeDef(text("mine", "/root/x")))
                    .editNode(SAVE, "ShardedFilename", n -> n.setInput(0, "mine:output:0")),
            "op 'ShardedFilename' (node 'ShardedFilename' in"),
        hostile(
            "a suffix that climbs",
            m ->
                m.editFunction(SAVE, f -> f.addNodeDef(text("mine", "/../../x")))
                    .editNode(SAVE, "Select", n -> n.setInput(1, "mine:output:0")),
            "op 'Select' (node 'Select' in function '" + SAVE + "')" + OTHER_PATH),
        hostile(
            "a separator that climbs",
            m ->
                m.editNode(
                    SAVE,
                    "StringJoin",
                    n ->
                        n.putAttr(
                            "separator",
                            AttrValue.newBuilder().setS(ByteString.copyFromUtf8("/../")).build())),
            "op 'StringJoin' (node 'StringJoin' in function '" + SAVE + "')" + OTHER_PATH),
        hostile(
            "a merge of other shards",
            m ->
                m.editFunction(SAVE, f -> f.addNodeDef(text("mine", "/root/x")))
                    .editNode(
                        SAVE,
                        "MergeV2Checkpoints/checkpoint_prefixes",
                        n -> n.setInput(0, "mine:output:0")),
            "op 'Pack' (node 'MergeV2Checkpoints/checkpoint_prefixes' in"),
        hostile(
            "a merge into another file",
            m ->
                m.editFunction(SAVE, f -> f.addNodeDef(text("mine", "/root/x")))
                    .editNode(SAVE, "MergeV2Checkpoints", n -> n.setInput(1, "mine:output:0")),
            "op 'MergeV2Checkpoints' (node 'MergeV2Checkpoints' in"),
        hostile(
            "a restore of a file the graph chooses",
            m ->
                m.editGraph(g -> g.addNode(text("mine", "/etc/shadow")))
                    .editMainNode(RESTORE_OP, n -> n.setInput(0, "mine")),
            "node '"
                + RESTORE_OP
                + "' saves or restores a file of its own choice,"
                + " expected 'saver_filename'"),
        hostile(
            "a file name that is a constant",
            m ->
                m.editGraph(g -> g.addNode(text("mine", "/etc/shadow")))
                    .editMeta(g -> g.getSaverDefBuilder().setFilenameTensorName("mine:0")),
            "the saver's file name 'mine' is no placeholder of the graph"),
        hostile(
            "a function that restores by itself",
            m -> m.editLibrary(l -> l.addFunction(function("f", call("again", RESTORE)))),
            "node 'again' in function 'f' calls '"
                + RESTORE
                + "', which saves or restores variables"),
        hostile(
            "a saver that is not there",
            m -> m.editMeta(g -> g.getSaverDefBuilder().setRestoreOpName("nowhere")),
            "the saver names 'nowhere', expected a node that calls a function"),
        hostile(
            "no saver at all",
            m -> m.editMeta(g -> g.clearSaverDef()),
            "the saver names '', expected a node that calls a function"));
  }

  private static Stream<Arguments> loading() {
    return Stream.of(
        hostile(
            "a write hung on the init op",
            m ->
                m.editGraph(g -> g.addNode(node("w", "WriteFile")))
                    .editMainNode("NoOp", n -> n.addInput("^w")),
            "its init op runs op 'WriteFile' (node 'w') when it is loaded, expected NoOp alone"),
        hostile(
            "a file search hung far behind the init op",
            m ->
                m.editGraph(
                        g ->
                            g.addNode(node("m", "MatchingFiles"))
                                .addNode(node("b", "NoOp", "^m"))
                                .addNode(node("a", "NoOp", "^b")))
                    .editMainNode("NoOp", n -> n.addInput("^a")),
            "its init op runs op 'MatchingFiles' (node 'm') when it is loaded, expected NoOp alone"),
        hostile(
            "an init op that trains",
            m -> m.editMainNode("NoOp", n -> n.addInput("^StatefulPartitionedCall_6")),
            "its init op runs op 'StatefulPartitionedCall' (node 'StatefulPartitionedCall_6')"),
        hostile(
            "an init signature that names another op",
            m ->
                m.editMeta(
                    g ->
                        g.putSignatureDef(
                            "__saved_model_init_op",
                            SignatureDef.newBuilder()
                                .putOutputs(
                                    "__saved_model_init_op",
                                    TensorInfo.newBuilder()
                                        .setName("StatefulPartitionedCall_4:0")
                                        .build())
                                .build())),
            "its init op runs op 'StatefulPartitionedCall' (node 'StatefulPartitionedCall_4')"),
        hostile(
            "an init op that is not there",
            m -> m.editMainNode("NoOp", n -> n.addInput("^gone")),
            "its init op needs node '^gone', which is not in the graph"),
        hostile(
            "an init op of the old kind",
            m -> m.editMeta(g -> g.putCollectionDef("legacy_init_op", nodes("Const"))),
            "it has the collection 'legacy_init_op', which could run when it is loaded"),
        hostile(
            "a table initializer",
            m -> m.editMeta(g -> g.putCollectionDef("table_initializer", nodes("Const"))),
            "it has the collection 'table_initializer', which could run when it is loaded"),
        hostile(
            "an asset outside the model",
            m ->
                m.editMeta(
                    g ->
                        g.addAssetFileDef(
                            AssetFileDef.newBuilder().setFilename("../../etc/passwd"))),
            "it names the asset file '../../etc/passwd', expected a model without assets"));
  }

  private static CollectionDef nodes(String name) {
    return CollectionDef.newBuilder()
        .setNodeList(CollectionDef.NodeList.newBuilder().addValue(name))
        .build();
  }

  private static Stream<Arguments> structure() {
    return Stream.of(
        hostile(
            "a second graph",
            m -> m.editModel(model -> model.addMetaGraphs(model.getMetaGraphs(0))),
            "it has 2 graphs, expected one, tagged 'serve' alone"),
        hostile(
            "a second tag",
            m -> m.editMeta(g -> g.getMetaInfoDefBuilder().addTags("gpu")),
            "it has 1 graphs, expected one, tagged 'serve' alone"),
        hostile(
            "two functions of one name",
            m -> m.editLibrary(l -> l.addFunction(l.getFunction(0))),
            "two of its functions have the same name, or one has none"),
        hostile(
            "two nodes of one name",
            m -> m.editGraph(g -> g.addNode(node("NoOp", "Const"))),
            "two nodes of the graph have the same name"),
        hostile(
            "a call of a function that is not there",
            m -> m.editGraph(g -> g.addNode(call("x", "elsewhere"))),
            "node 'x' in the graph calls function 'elsewhere', which is not in the model"),
        hostile(
            "a function that calls itself",
            m -> m.editLibrary(l -> l.addFunction(function("f", call("x", "f")))),
            "function 'f' calls itself, or calls are nested too deeply"),
        hostile(
            "calls that double thirty times",
            m -> m.editLibrary(SavedModelGateTest::addDoublingCalls),
            "the graph has more than 2000000 nodes with every call written out, expected fewer"),
        hostile(
            "a constant of an exabyte",
            m -> m.editMainNode("Const", SavedModelGateTest::declareAnExabyte),
            "node 'Const' in the graph declares a tensor of shape [1073741824, 1073741824]"),
        hostile(
            "a variable of an exabyte",
            m ->
                m.editMainNode(
                    "head/kernel",
                    n ->
                        n.putAttr(
                            "shape",
                            AttrValue.newBuilder().setShape(shape(1L << 30, 1L << 30)).build())),
            "node 'head/kernel' in the graph declares a tensor of shape [1073741824, 1073741824],"
                + " expected a known shape of at most 268435456 elements"),
        hostile(
            "a variable of a negative size",
            m ->
                m.editMainNode(
                    "head/kernel",
                    n ->
                        n.putAttr("shape", AttrValue.newBuilder().setShape(shape(-8, 10)).build())),
            "node 'head/kernel' in the graph declares a tensor of shape [-8, 10]"),
        hostile(
            "rows of an exabyte each",
            m ->
                m.editLibrary(
                    l -> l.addFunction(function("f", variable(shape(-1, 1L << 30, 1L << 30))))),
            "node 'v' in function 'f' declares a tensor of shape [1073741824, 1073741824]"));
  }

  private static void declareAnExabyte(NodeDef.Builder constant) {
    AttrValue.Builder value = constant.getAttrOrThrow("value").toBuilder();
    value.getTensorBuilder().setTensorShape(shape(1L << 30, 1L << 30));
    constant.putAttr("value", value.build());
  }

  private static void addDoublingCalls(FunctionDefLibrary.Builder library) {
    library.addFunction(function("f0", node("n", "NoOp")));
    for (int i = 1; i <= 30; i++) {
      String callee = "f" + (i - 1);
      library.addFunction(function("f" + i, call("a", callee), call("b", callee)));
    }
  }

  private static Stream<Arguments> files() {
    return Stream.of(
        hostile(
            "a graph in chunks, which TensorFlow prefers",
            m -> Files.writeString(m.file("saved_model.cpb"), "x"),
            "it has a second graph 'saved_model.cpb' beside saved_model.pb"),
        hostile(
            "a graph as text",
            m -> Files.writeString(m.file("saved_model.pbtxt"), "x"),
            "it has a second graph 'saved_model.pbtxt' beside saved_model.pb"),
        hostile(
            "variables behind a link",
            m -> replaceByLink(m.file("variables/variables.index")),
            "'variables/variables.index' is a symbolic link, expected a regular file"),
        hostile(
            "a directory behind a link",
            m -> Files.createSymbolicLink(m.file("extra"), m.file("variables")),
            "'extra' is a symbolic link, expected a regular file"),
        hostile(
            "a directory of assets",
            m -> Files.createDirectory(m.file("assets")),
            "it has a directory 'assets', expected a model without assets"),
        hostile(
            "a stranger among the variables",
            m -> Files.writeString(m.file("variables/checkpoint"), "x"),
            "unexpected file 'variables/checkpoint'"),
        hostile(
            "no data of the variables",
            m -> Files.delete(m.file("variables/variables.data-00000-of-00001")),
            "no file 'variables/variables.data-...' in it, so its variables are missing"),
        hostile(
            "no index of the variables",
            m -> Files.delete(m.file("variables/variables.index")),
            "no file 'variables/variables.index' in it"),
        hostile(
            "no graph",
            m -> Files.delete(m.file("saved_model.pb")),
            "no file 'saved_model.pb' in it"),
        hostile(
            "a graph cut short",
            m -> truncate(m.file("saved_model.pb"), 400_000),
            "saved_model.pb is damaged or no SavedModel: "),
        hostile(
            "text as a graph",
            m -> Files.writeString(m.file("saved_model.pb"), "this is no graph\n"),
            "saved_model.pb is damaged or no SavedModel: "),
        hostile(
            "an empty graph",
            m -> truncate(m.file("saved_model.pb"), 0),
            "no graph is tagged 'serve' in saved_model.pb"),
        hostile(
            "a graph too large to read",
            m -> truncate(m.file("saved_model.pb"), 100L << 20),
            "saved_model.pb has 104857600 bytes, expected at most 33554432"),
        hostile(
            "messages nested without end",
            m -> Files.write(m.file("saved_model.pb"), nestedMessages()),
            "saved_model.pb is damaged or no SavedModel: "));
  }

  private static void replaceByLink(Path file) throws IOException {
    Path other = Files.move(file, file.resolveSibling("../../elsewhere"));
    Files.createSymbolicLink(file, other.toRealPath());
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(bytes);
    }
  }

  /** A function attribute whose value has a function attribute, and so on. */
  private static byte[] nestedMessages() {
    AttrValue value = AttrValue.newBuilder().setI(1).build();
    for (int depth = 0; depth < 200; depth++) {
      AttrValue.Builder outer = AttrValue.newBuilder();
      outer.getFuncBuilder().setName("f").putAttr("a", value);
      value = outer.build();
    }
    SavedModel.Builder model = SavedModel.newBuilder();
    model.addMetaGraphsBuilder().getGraphDefBuilder().addNodeBuilder().putAttr("a", value);
    return model.build().toByteArray();
  }

  private static Arguments hostile(String what, Tampering tampering, String message) {
    return Arguments.of(Named.of(what, tampering), message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void refuses(Tampering tampering, String message) throws IOException {
    Path directory = temporary.resolve("model");
    tampering.apply(TamperedModel.copyTo(directory));

    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .isInstanceOf(ModelContractException.class)
        .hasMessageStartingWith("SavedModel " + directory)
        .hasMessageContaining(message);
  }

  @Test
  void saysInOneLineWhatToDo() throws IOException {
    Path directory = temporary.resolve("model");
    TamperedModel.copyTo(directory).editGraph(g -> g.addNode(node("spy", "ReadFile")));

    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .hasMessage(
            "SavedModel "
                + directory
                + " is refused: op 'ReadFile' (node 'spy' in the graph) is not on the list of ops a"
                + " classifier may use. Use a model that you exported yourself, or --trust-model.");
  }

  @Test
  void namesTheFirstOfManyProblemsAndCountsTheRest() throws IOException {
    Path directory = temporary.resolve("model");
    TamperedModel.copyTo(directory)
        .editGraph(
            g -> {
              for (int i = 0; i < 11; i++) {
                g.addNode(node("spy" + i, "ReadFile"));
              }
            });

    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .hasMessageContaining("node 'spy7'")
        .hasMessageContaining("; and 3 more. ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/resources/savedmodel/tiny",
        "src/test/resources/savedmodel/tiny-3-sigmoid",
        "savedmodel/mobilenetv2-32",
        "savedmodel/mobilenetv2-96",
        "savedmodel/accurate"
      })
  void letsTheExportersModelsThrough(Path directory) throws IOException {
    assertThat(SavedModelFile.read(directory).directory()).isEqualTo(directory);
  }

  @Test
  void letsAModelThroughThatItsUserTrusts() throws IOException {
    Path directory = temporary.resolve("model");
    TamperedModel.copyTo(directory).editGraph(g -> g.addNode(node("spy", "ReadFile")));

    SavedModelFile file = SavedModelFile.read(directory, new ModelTrust(true, null));
    assertThat(file.shape()).isEqualTo(new ModelShape(8, 10));
  }

  @Test
  void holdsAModelToItsHash() throws IOException {
    String hash = Sha256.ofDirectory(TamperedModel.TINY);
    SavedModelFile.read(TamperedModel.TINY, new ModelTrust(false, hash.toUpperCase(Locale.ROOT)));
    String other = "0".repeat(64);

    assertThatThrownBy(() -> SavedModelFile.read(TamperedModel.TINY, new ModelTrust(true, other)))
        .isInstanceOf(ModelContractException.class)
        .hasMessage(
            "SavedModel %s has SHA-256 %s, expected %s. Find out who changed it, or pin the new hash."
                .formatted(TamperedModel.TINY, hash, other));
  }

  @Test
  void refusesAHashThatIsNone() {
    assertThatThrownBy(() -> new ModelTrust(false, "abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'abc' is no SHA-256, expected 64 hexadecimal digits");
  }

  @Test
  void listsNoOpThatTouchesTheWorldOutside() {
    assertThat(AllowedOps.read().all())
        .hasSizeGreaterThan(200)
        .noneMatch(
            op ->
                op.matches(
                        ".*(File|Py|Print|Dataset|Iterator|Queue|Summary|Rpc|Send|Recv"
                            + "|Lookup|Quantize|Ragged|Debug|Xla|Collective|Assert).*")
                    && !op.equals("ShardedFilename"));
    assertThat(Arrays.asList("SaveV2", "RestoreV2"))
        .noneMatch(op -> AllowedOps.read().isAllowedAnywhere(op));
  }
}
