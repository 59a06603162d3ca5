package org.virusmnist.api;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.pe.ByteSource;
import org.virusmnist.pe.PeHeaders;
import org.virusmnist.report.ModelTraining;
import org.virusmnist.report.RunDirectory;

/**
 * A trained model in memory, on a GPU when one can be used, on the CPU otherwise.
 *
 * <p>It names the class of training images that an image looks like, and is no antivirus. Files are
 * read and never run. Safe for use by several threads, which run at the same time; {@link #close}
 * waits for them. It owns native memory, so close it.
 *
 * <p>TensorFlow is loaded once in a process, with CUDA if the first model wants a GPU, and sees the
 * GPUs of that model only. A later model that wants others is treated as if they could not be used.
 */
public final class Classifier implements AutoCloseable {
  private final ClassifierModel model;
  private final ModelTraining training;
  private final @Nullable String whyCpu;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean isClosed;

  private Classifier(ClassifierModel model, ModelTraining training, @Nullable String whyCpu) {
    this.model = model;
    this.training = training;
    this.whyCpu = whyCpu;
  }

  /**
   * Loads a model that {@code virus-mnist train} has written, on a GPU when one can be used: {@code
   * load(runOrModel, "auto")}.
   *
   * @param runOrModel a run directory, or the directory {@code model} in it
   * @return the model, to be closed by the caller
   * @throws IOException if it is not there, damaged, untrained or refused; the message says why
   */
  public static Classifier load(Path runOrModel) throws IOException {
    return load(runOrModel, "auto");
  }

  /**
   * Loads a model that {@code virus-mnist train} has written, on a device.
   *
   * <p>The SavedModel is checked before native code sees it, as on the command line. The first call
   * in a process takes about two seconds on a CPU. The first one ever on a GPU also extracts the
   * CUDA libraries, some gigabytes; {@code docs/gpu.md} says where to.
   *
   * @param runOrModel a run directory, or the directory {@code model} in it
   * @param device as for {@code --device}: {@code auto} takes a GPU when one can be used and goes
   *     on with the CPU otherwise, {@code cpu} looks for none, {@code gpu} insists on one, {@code
   *     gpu:1} on the second
   * @return the model, to be closed by the caller
   * @throws IllegalArgumentException if the device is none of these
   * @throws IOException if the model is not there, damaged, untrained or refused, or if a GPU was
   *     insisted on and cannot be used; the message says why
   */
  public static Classifier load(Path runOrModel, String device) throws IOException {
    DeviceRequest request = request(device);
    Path directory = RunDirectory.modelOf(runOrModel);
    ModelTraining training = ModelTraining.read(directory);
    SavedModelFile file = SavedModelFile.read(directory);
    if (training == null) {
      throw new IOException(
          directory + ": is untrained, expected a model that 'virus-mnist train' has written.");
    }
    int classes = training.classNames().size();
    if (classes != file.shape().classCount()) {
      throw new IOException(
          "%s: names %d classes, the model has %d. Train again."
              .formatted(ModelTraining.file(directory), classes, file.shape().classCount()));
    }
    DeviceChoice choice = DeviceChoice.of(request);
    SessionSettings base = SessionSettings.on(SessionSettings.Device.CPU);
    ClassifierModel model = choice.open(file, choice.load(base, extracted -> {}));
    return new Classifier(model, training, choice.whyCpu(model.deviceName()));
  }

  private static DeviceRequest request(String device) {
    try {
      return DeviceRequest.parse(device);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("device " + e.getMessage(), e);
    }
  }

  /**
   * Returns where the model runs, as TensorFlow told.
   *
   * @return {@code CPU:0}, or {@code GPU:1} with the number of the GPU
   */
  public String device() {
    return model.deviceName();
  }

  /**
   * Returns why {@code auto} did not take a GPU.
   *
   * @return what was found, expected, and what to do; empty on a GPU, and where the CPU was asked
   *     for
   */
  public Optional<String> whyCpu() {
    return Optional.ofNullable(whyCpu);
  }

  /**
   * Returns the names of the classes.
   *
   * @return class 0 first
   */
  public List<String> classNames() {
    return training.classNames();
  }

  /**
   * Returns how the images of the training were made out of executables.
   *
   * @return {@code header}, {@code code} or {@code thumbnail}; empty if that is not known
   */
  public Optional<String> imageRecipe() {
    return Optional.ofNullable(training.imageRecipe());
  }

  /**
   * Classifies an image.
   *
   * @param pixels 1,024 grey values as unsigned bytes, 32 in a row, as in the CSV
   * @throws IllegalArgumentException if there are not 1,024
   * @throws IllegalStateException if this object is closed
   */
  public Prediction classify(byte[] pixels) {
    return classify(List.of(pixels)).get(0);
  }

  /**
   * Classifies images in one call, which for some hundred is much faster than one by one.
   *
   * @param images 1,024 grey values each, as above
   * @return a prediction for each, in their order
   * @throws IllegalArgumentException if an image has not 1,024 pixels
   * @throws IllegalStateException if this object is closed
   */
  public List<Prediction> classify(List<byte[]> images) {
    byte[] pixels = new byte[images.size() * ImageSet.PIXELS];
    for (int i = 0; i < images.size(); i++) {
      byte[] image = images.get(i);
      if (image.length != ImageSet.PIXELS) {
        throw new IllegalArgumentException(
            "image %d has %d pixels, expected 1024".formatted(i, image.length));
      }
      System.arraycopy(image, 0, pixels, i * ImageSet.PIXELS, ImageSet.PIXELS);
    }
    return images.isEmpty() ? List.of() : predictions(predict(pixels, images.size()));
  }

  /**
   * Classifies an executable, drawn by the recipe of the training.
   *
   * @param file its content
   * @throws IOException if it is no whole Windows executable; the message is the end of a sentence
   *     about the file, such as {@code does not start with MZ}
   * @throws IllegalStateException if the recipe of the training is not known, or this object is
   *     closed
   */
  public Prediction classifyExecutable(byte[] file) throws IOException {
    return classify(draw(ByteSource.of(file)));
  }

  /**
   * Classifies an executable of any size, drawn by the recipe of the training.
   *
   * @param file path of the file
   * @throws IOException if it cannot be read or is no whole Windows executable; the message names
   *     it
   * @throws IllegalStateException as above
   */
  public Prediction classifyExecutable(Path file) throws IOException {
    byte[] pixels;
    try (FileChannel channel = FileChannel.open(file)) {
      pixels = draw(ByteSource.of(channel));
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return classify(pixels);
  }

  private byte[] draw(ByteSource file) throws IOException {
    ImageRecipe recipe =
        imageRecipe()
            .flatMap(ImageRecipe::of)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the model does not know how its images were made out of executables:"
                            + " train with --image-recipe"));
    return recipe.draw(file, PeHeaders.read(file));
  }

  private PredictionBatch predict(byte[] pixels, int count) {
    lock.readLock().lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the classifier is closed");
      }
      float[] probabilities = model.predict(ImageSet.of(pixels, null), 0, count);
      return PredictionBatch.of(0, training.classNames().size(), probabilities);
    } finally {
      lock.readLock().unlock();
    }
  }

  private List<Prediction> predictions(PredictionBatch batch) {
    Double temperature = training.temperature();
    List<VerdictRule.Verdict> verdicts =
        temperature == null
            ? List.of()
            : new VerdictRule(new TemperatureScaling(temperature), 0, classNames()).judge(batch);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      OptionalDouble calibrated =
          verdicts.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(verdicts.get(i).probability());
      String name = classNames().get(batch.predicted(i));
      predictions.add(new Prediction(batch.single(i), name, calibrated));
    }
    return List.copyOf(predictions);
  }

  /** Frees the model once no thread uses it; closing twice is harmless. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!isClosed) {
        isClosed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
