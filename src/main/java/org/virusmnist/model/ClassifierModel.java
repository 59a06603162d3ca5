package org.virusmnist.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.RowOrder;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.storage.AtomicDirectory;
import org.virusmnist.storage.AtomicDirectory.DirectoryWriter;
import org.virusmnist.storage.Sha256;

/**
 * An open SavedModel: its weights in a TensorFlow session and the calls of its contract.
 *
 * <p>Calls that only read weights ({@link #features}, {@link #evaluate}, {@link #predict}, {@link
 * Explainer#explain}) may run in several threads at a time. Calls that change weights must run
 * alone. Close the model after everything that came out of it.
 */
public final class ClassifierModel implements AutoCloseable {
  private final SavedModelFile file;
  private final ModelSession session;
  private final BaseSession base;
  private final boolean isDeterministic;

  private ClassifierModel(
      SavedModelFile file, ModelSession session, BaseSession base, boolean isDeterministic) {
    this.file = file;
    this.session = session;
    this.base = base;
    this.isDeterministic = isDeterministic;
  }

  /**
   * Loads a checked SavedModel into a session.
   *
   * @param file the SavedModel
   * @param settings device, precision and threads
   * @return the open model, to be closed by the caller
   * @throws ModelContractException if TensorFlow cannot load it
   * @throws DeviceUnavailableException if a GPU was asked for and the work does not run on one
   * @throws PrecisionUnavailableException if the device cannot compute in the precision
   */
  public static ClassifierModel open(SavedModelFile file, SessionSettings settings)
      throws IOException {
    ModelSession session = SavedModelStore.load(file, settings);
    try {
      return new ClassifierModel(
          file, session, BaseSession.open(session, settings), settings.isDeterministic());
    } catch (IOException e) {
      session.close();
      throw e;
    } catch (RuntimeException e) {
      session.close();
      throw new ModelContractException(
          file.directory(), "a trial call fails: " + SavedModelStore.firstLine(e), e);
    }
  }

  /** Returns the model's own sizes: features per image and number of classes. */
  public ModelShape shape() {
    return file.shape();
  }

  /** Says whether rows can stay in the device's memory, as {@link ResidentRows}. */
  public boolean canKeepRows() {
    return file.canKeepRows();
  }

  /** Returns the device that ran a trial call, for example {@code CPU:0} or {@code GPU:0}. */
  public String deviceName() {
    return base.deviceName();
  }

  /**
   * Gives the head fresh weights; the base is not touched.
   *
   * @param seed seeds the Glorot uniform kernel
   */
  public void initialize(long seed) {
    try (TensorBatch inputs = new TensorBatch().own("seed", TInt64.scalarOf(seed));
        Result result = call(ModelSignatures.INITIALIZE, inputs)) {
      Tensors.output(result, "step");
    }
  }

  /**
   * Makes room for the features of some images.
   *
   * @param size number of images, N
   * @return features to be filled by {@link #features} and closed by the caller
   */
  public Features newFeatures(int size) {
    return new Features(size, shape().featureCount());
  }

  /**
   * Computes the features of consecutive images.
   *
   * @param images the images
   * @param fromRow the first image
   * @param count number of images
   * @param target receives the features at the same rows
   */
  public void features(ImageSet images, int fromRow, int count, Features target) {
    try (TensorBatch inputs = Images.batch(images, fromRow, count);
        Result result = call(ModelSignatures.FEATURES_OF_IMAGES, inputs)) {
      target.copyRows(fromRow, (TFloat32) Tensors.output(result, "features"));
    }
  }

  /**
   * Identifies what {@link #features} computes: its graph, the present weights of the base, the
   * version of TensorFlow, and whether results must repeat. The head has no part in it.
   *
   * @return 64 hexadecimal digits
   */
  public String featuresFingerprint() {
    String text =
        TensorFlowLibrary.version()
            + (isDeterministic ? " deterministic " : " ")
            + session.fingerprint(ModelSignatures.FEATURES_OF_IMAGES);
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Copies images into native memory for {@link #train}.
   *
   * @param images the images
   * @return tensors to be closed by the caller
   */
  public Images load(ImageSet images) {
    return new Images(images);
  }

  /**
   * Trains the head on features.
   *
   * @param features features of N images
   * @param labels true class of each image [N]
   * @param steps rows and learning rates
   * @return loss and correct count of each step
   */
  public StepResults trainHead(Features features, int[] labels, HeadSteps steps) {
    TensorBatch inputs = new TensorBatch().lend("features", features.tensor());
    return train(ModelSignatures.TRAIN_HEAD, inputs, labels, steps);
  }

  /**
   * Trains the head on images, the frozen base in the loop.
   *
   * @param images N images
   * @param labels true class of each image [N]
   * @param steps rows and learning rates
   * @return loss and correct count of each step
   */
  public StepResults train(Images images, int[] labels, HeadSteps steps) {
    return train(
        ModelSignatures.TRAIN, new TensorBatch().lend("images", images.tensor()), labels, steps);
  }

  /**
   * Trains the head and the base on images.
   *
   * @param images N images
   * @param labels true class of each image [N]
   * @param steps rows and learning rates
   * @return loss and correct count of each step
   */
  public StepResults fineTune(Images images, int[] labels, HeadSteps steps) {
    TensorBatch inputs = new TensorBatch().lend("images", images.tensor());
    return train(ModelSignatures.FINE_TUNE, inputs, labels, steps);
  }

  /**
   * Trains the head and the base on images, the base in its own way.
   *
   * @param images N images
   * @param labels true class of each image [N]
   * @param steps rows and the head's learning rates
   * @param base its learning rate and its blocks
   * @return loss and correct count of each step
   */
  public StepResults fineTune(Images images, int[] labels, HeadSteps steps, BaseTraining base) {
    TensorBatch inputs = new TensorBatch().lend("images", images.tensor());
    return train(ModelSignatures.FINE_TUNE_PARTS, base.addTo(inputs, steps), labels, steps);
  }

  private StepResults train(String signature, TensorBatch inputs, int[] labels, HeadSteps steps) {
    try (inputs) {
      Tensors.addSteps(inputs.own("labels", Tensors.vector(labels)), steps);
      try (Result result = call(signature, inputs)) {
        return Tensors.stepResults(result);
      }
    }
  }

  /**
   * Scores features against their labels.
   *
   * @param features features of N images
   * @param labels true class of each image [N]
   * @return loss and probabilities of each image
   */
  public BatchScores evaluate(Features features, int[] labels) {
    return labels.length <= FeatureScores.MOST_ROWS
        ? evaluate(features.tensor(), labels)
        : FeatureScores.of(this, features, RowOrder.sequential(labels.length), labels);
  }

  /**
   * Scores consecutive labelled images.
   *
   * @param images images with labels
   * @param fromRow the first image
   * @param count number of images
   * @return loss and probabilities of each image
   */
  public BatchScores evaluate(ImageSet images, int fromRow, int count) {
    return evaluate(images, fromRow, Arrays.copyOfRange(images.labels(), fromRow, fromRow + count));
  }

  private BatchScores evaluate(ImageSet images, int fromRow, int[] labels) {
    try (TensorBatch inputs = Images.batch(images, fromRow, labels.length);
        Result result = call(ModelSignatures.FEATURES_OF_IMAGES, inputs)) {
      return evaluate(Tensors.output(result, "features"), labels);
    }
  }

  private BatchScores evaluate(Tensor features, int[] labels) {
    try (TensorBatch inputs =
            new TensorBatch().lend("features", features).own("labels", Tensors.vector(labels));
        Result result = call(ModelSignatures.EVALUATE, inputs)) {
      return Tensors.scores(result);
    }
  }

  /**
   * Returns the probabilities of consecutive images: what {@code serving_default} returns, by way
   * of their features.
   *
   * @param images the images; labels are not needed
   * @param fromRow the first image
   * @param count number of images
   * @return probability of each class, row by row [count×C]
   */
  public float[] predict(ImageSet images, int fromRow, int count) {
    return evaluate(images, fromRow, new int[count]).probabilities();
  }

  /**
   * Writes the present weights as a SavedModel of the same graph.
   *
   * @param target a directory that does not exist yet; it appears whole or not at all
   * @param besides writes further files into it
   * @throws IOException if it exists or cannot be written
   */
  public void exportTo(Path target, DirectoryWriter besides) throws IOException {
    AtomicDirectory.write(
        target,
        directory -> {
          SavedModelStore.export(file.directory(), session, directory);
          besides.writeTo(directory);
        });
  }

  ModelSession session() {
    return session;
  }

  Result call(String signature, TensorBatch inputs) {
    try {
      return signature.equals(ModelSignatures.FEATURES_OF_IMAGES)
          ? base.features(inputs.inputs())
          : session.call(signature, inputs.inputs());
    } catch (RuntimeException e) {
      throw new ModelCallException(file.directory(), signature, e);
    }
  }

  /** Closes the session and frees the weights. */
  @Override
  public void close() {
    base.close();
    session.close();
  }
}
