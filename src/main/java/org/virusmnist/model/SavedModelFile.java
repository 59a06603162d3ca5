package org.virusmnist.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.virusmnist.storage.Sha256;

/**
 * A SavedModel on disk, read and checked in Java; no native code has seen it yet.
 *
 * <p>{@link ClassifierModel#open} gives it a session.
 */
public final class SavedModelFile {
  static final String GRAPH = "saved_model.pb";
  private static final String SERVE_TAG = "serve";

  private final Path directory;
  private final ModelShape shape;
  private final MetaGraphDef metaGraph;

  private SavedModelFile(Path directory, ModelShape shape, MetaGraphDef metaGraph) {
    this.directory = directory;
    this.shape = shape;
    this.metaGraph = metaGraph;
  }

  /**
   * Reads a SavedModel's graph and compares its signatures with the contract.
   *
   * @param directory the SavedModel's directory
   * @return the checked model
   * @throws ModelContractException if it is no SavedModel or lacks something, naming all
   *     differences
   * @throws IOException if it cannot be read
   */
  public static SavedModelFile read(Path directory) throws IOException {
    return read(directory, ModelTrust.CHECKED);
  }

  /**
   * Reads a SavedModel's graph, decides whether native code may see it, and compares its signatures
   * with the contract.
   *
   * @param directory the SavedModel's directory
   * @param trust what need not be checked, and the hash it must have
   * @return the checked model
   * @throws ModelContractException if it is no SavedModel, has another hash, contains what a
   *     classifier has no need of, or lacks something, naming all differences
   * @throws IOException if it cannot be read
   */
  public static SavedModelFile read(Path directory, ModelTrust trust) throws IOException {
    requireFile(directory, GRAPH);
    requireFile(directory, "variables/variables.index");
    requireHash(directory, trust);
    SavedModel model = parse(directory);
    MetaGraphDef metaGraph = serveGraph(directory, model);
    if (!trust.skipsGate()) {
      SavedModelGate.check(directory, model);
    }
    ModelShape shape = ContractCheck.check(directory, metaGraph.getSignatureDefMap());
    return new SavedModelFile(directory, shape, metaGraph);
  }

  private static void requireFile(Path directory, String name) throws ModelContractException {
    if (!Files.isRegularFile(directory.resolve(name))) {
      String found = Files.isDirectory(directory) ? "no file '" + name + "' in it" : "no directory";
      throw new ModelContractException(
          directory, found + ", expected a SavedModel with a file '" + name + "'", null);
    }
  }

  private static void requireHash(Path directory, ModelTrust trust) throws IOException {
    String expected = trust.sha256();
    if (expected == null) {
      return;
    }
    String found = Sha256.ofDirectory(directory);
    if (!found.equals(expected)) {
      throw ModelContractException.otherHash(directory, expected, found);
    }
  }

  private static SavedModel parse(Path directory) throws IOException {
    long bytes = Files.size(directory.resolve(GRAPH));
    if (bytes > ModelFiles.MAX_GRAPH_BYTES) {
      throw new ModelContractException(
          directory,
          "%s has %d bytes, expected at most %d"
              .formatted(GRAPH, bytes, ModelFiles.MAX_GRAPH_BYTES),
          null);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(directory.resolve(GRAPH)))) {
      return SavedModel.parseFrom(in);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new ModelContractException(
          directory, GRAPH + " is damaged or no SavedModel: " + e.getMessage(), e);
    }
  }

  private static MetaGraphDef serveGraph(Path directory, SavedModel model)
      throws ModelContractException {
    for (MetaGraphDef metaGraph : model.getMetaGraphsList()) {
      if (metaGraph.getMetaInfoDef().getTagsList().contains(SERVE_TAG)) {
        return metaGraph;
      }
    }
    throw new ModelContractException(
        directory, "no graph is tagged '" + SERVE_TAG + "' in " + GRAPH, null);
  }

  /**
   * Returns where the model is.
   *
   * @return the SavedModel's directory, as it was given
   */
  public Path directory() {
    return directory;
  }

  /**
   * Returns the model's own sizes.
   *
   * @return features per image and number of classes
   */
  public ModelShape shape() {
    return shape;
  }

  /**
   * Says whether the model has the signatures that keep rows in the device's memory.
   *
   * @return false for a model without them, which is fed its rows with every call
   */
  public boolean canKeepRows() {
    return ModelSignatures.areAllIn(ModelSignatures.RESIDENT, metaGraph.getSignatureDefMap());
  }

  /**
   * Says whether the base can have a learning rate of its own, or its last blocks be trained alone.
   *
   * @return false for a model without those signatures, whose base is trained as its head is
   */
  public boolean canTrainParts() {
    return ModelSignatures.areAllIn(ModelSignatures.PARTS, metaGraph.getSignatureDefMap());
  }

  MetaGraphDef metaGraph() {
    return metaGraph;
  }

  /** Returns this model with a graph whose losses repeat to the bit on every device. */
  SavedModelFile deterministic() {
    MetaGraphDef changed =
        metaGraph.toBuilder().setGraphDef(DeterministicGraph.of(metaGraph.getGraphDef())).build();
    return new SavedModelFile(directory, shape, changed);
  }
}
