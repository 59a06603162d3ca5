package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A model that differs from the contract is refused with all differences; no native code is loaded.
 */
class ContractCheckTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;

  @Test
  void acceptsWhatTheExporterWrites() throws IOException {
    assertThat(SavedModelFile.read(TINY).shape()).isEqualTo(new ModelShape(8, 10));
    assertThat(SavedModelFile.read(TINY.resolveSibling("tiny-3-sigmoid")).shape())
        .isEqualTo(new ModelShape(8, 3));
    assertThat(SavedModelFile.read(TINY).directory()).isEqualTo(TINY);
  }

  @Test
  void acceptsTheModelsOfThePresets() throws IOException {
    assertThat(SavedModelFile.read(Path.of("savedmodel/mobilenetv2-32")).shape())
        .isEqualTo(new ModelShape(1280, 10));
    assertThat(SavedModelFile.read(Path.of("savedmodel/mobilenetv2-96")).shape())
        .isEqualTo(new ModelShape(1280, 10));
    assertThat(SavedModelFile.read(Path.of("savedmodel/accurate")).shape())
        .isEqualTo(new ModelShape(1024 + 2 * (24 + 32 + 64 + 96 + 160 + 1280), 10));
  }

  @Test
  void namesEveryDifferenceAtOnce() throws IOException {
    MetaGraphDef.Builder graph = tinyGraph();
    graph.removeSignatureDef("explain");
    edit(graph, "features", signature -> signature.removeInputs("images"));
    edit(graph, "initialize", signature -> signature.putInputs("fresh", float32()));
    edit(graph, "evaluate", signature -> signature.putOutputs("losses", float32(-1, 2)));
    edit(graph, "train", signature -> signature.putInputs("dropout", half()));

    assertThatThrownBy(() -> check(graph))
        .isInstanceOf(ModelContractException.class)
        .hasMessage(
            "SavedModel model: no input 'images' of signature 'features', found [];"
                + " unexpected input 'fresh' of signature 'initialize';"
                + " input 'dropout' of signature 'train' is DT_HALF [], expected float32 [];"
                + " output 'losses' of signature 'evaluate' is float32 [?,2], expected float32 [?];"
                + " no signature 'explain', found [evaluate, evaluate_images_resident,"
                + " evaluate_resident, features, fine_tune, fine_tune_parts,"
                + " fine_tune_parts_resident, fine_tune_resident, initialize, load_features,"
                + " load_images, serving_default, train, train_head, train_head_resident,"
                + " train_resident]."
                + " Re-export it with scripts/export_savedmodel.py.");
  }

  @Test
  void acceptsAModelWithoutWhatIsOptional() throws IOException {
    MetaGraphDef.Builder graph = tinyGraph();
    graph.removeSignatureDef("fine_tune_parts");
    graph.removeSignatureDef("load_images");

    assertThat(check(graph)).isEqualTo(new ModelShape(8, 10));
    assertThat(SavedModelFile.read(TINY).canTrainParts()).isTrue();
  }

  @Test
  void refusesSomethingElseUnderAnOptionalName() throws IOException {
    MetaGraphDef.Builder graph = tinyGraph();
    edit(graph, "fine_tune_parts", signature -> signature.removeInputs("trainable_blocks"));

    assertThatThrownBy(() -> check(graph))
        .hasMessageContaining("no input 'trainable_blocks' of signature 'fine_tune_parts', found");
  }

  @Test
  void needsToKnowTheNumberOfFeaturesAndClasses() throws IOException {
    MetaGraphDef.Builder graph = tinyGraph();
    edit(graph, "features", signature -> signature.putOutputs("features", float32(-1, -1)));
    edit(graph, "serving_default", s -> s.putOutputs("probabilities", float32()));

    assertThatThrownBy(() -> check(graph))
        .hasMessageContaining(
            "output 'features' of signature 'features' is float32 [?,?],"
                + " expected a known last dimension;"
                + " output 'probabilities' of signature 'serving_default' is float32 [],"
                + " expected a known last dimension");
  }

  @Test
  void refusesASizeThatSignaturesDoNotShare() throws IOException {
    MetaGraphDef.Builder graph = tinyGraph();
    edit(graph, "evaluate", signature -> signature.putInputs("features", float32(-1, 9)));

    assertThatThrownBy(() -> check(graph))
        .hasMessageContaining(
            "input 'features' of signature 'evaluate' is float32 [?,9], expected float32 [?,8]");
  }

  @Test
  void refusesAModelWithoutAnySignature() {
    assertThatThrownBy(() -> ContractCheck.check(Path.of("model"), Map.of()))
        .hasMessageStartingWith("SavedModel model: no signature 'serving_default', found [];");
  }

  @Test
  void refusesADirectoryThatIsNoSavedModel() {
    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .isInstanceOf(ModelContractException.class)
        .hasMessage(
            "SavedModel %s: no file 'saved_model.pb' in it, expected a SavedModel with a file"
                    .formatted(directory)
                + " 'saved_model.pb'. Re-export it with scripts/export_savedmodel.py.");
  }

  @Test
  void refusesAModelWithoutVariables() throws IOException {
    Files.copy(TINY.resolve("saved_model.pb"), directory.resolve("saved_model.pb"));

    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .hasMessageContaining("no file 'variables/variables.index' in it");
  }

  @Test
  void refusesAGraphThatIsNotForServing() throws IOException {
    Files.createDirectories(directory.resolve("variables"));
    Files.createFile(directory.resolve("variables/variables.index"));
    SavedModel training = SavedModel.newBuilder().addMetaGraphs(MetaGraphDef.newBuilder()).build();
    Files.write(directory.resolve("saved_model.pb"), training.toByteArray());

    assertThatThrownBy(() -> SavedModelFile.read(directory))
        .hasMessageContaining("no graph is tagged 'serve' in saved_model.pb");
  }

  private interface Edit {
    void apply(SignatureDef.Builder signature);
  }

  private static void edit(MetaGraphDef.Builder graph, String name, Edit edit) {
    SignatureDef.Builder signature = graph.getSignatureDefOrThrow(name).toBuilder();
    edit.apply(signature);
    graph.putSignatureDef(name, signature.build());
  }

  private static ModelShape check(MetaGraphDef.Builder graph) throws ModelContractException {
    return ContractCheck.check(Path.of("model"), graph.getSignatureDefMap());
  }

  private static MetaGraphDef.Builder tinyGraph() throws IOException {
    byte[] bytes = Files.readAllBytes(TINY.resolve("saved_model.pb"));
    return SavedModel.parseFrom(bytes).getMetaGraphs(0).toBuilder();
  }

  private static TensorInfo float32(long... dimensions) {
    return info(DataType.DT_FLOAT, dimensions);
  }

  private static TensorInfo half() {
    return info(DataType.DT_HALF);
  }

  private static TensorInfo info(DataType type, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dimension));
    }
    return TensorInfo.newBuilder().setDtype(type).setTensorShape(shape).build();
  }
}
