package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import org.virusmnist.cli.console.Background;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.DeviceUnavailableException;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;

/**
 * A model that opens while the caller reads data.
 *
 * <p>TensorFlow's library takes a second to load and the weights another half: the first passes
 * while the graph is read and checked, the second while the CSV is. Owns the model.
 */
public final class ModelOpening implements AutoCloseable {
  private final SavedModelFile file;
  private final DeviceChoice device;
  private final Background<ClassifierModel> model;
  private boolean isDeviceKnown;

  private ModelOpening(
      SavedModelFile file, DeviceChoice device, Background<ClassifierModel> model) {
    this.file = file;
    this.device = device;
    this.model = model;
  }

  /**
   * Decides where to run, reads and checks the graph, and begins to open it there.
   *
   * @throws DeviceUnavailableException if a GPU is asked for and cannot be used; no native library
   *     is loaded then
   */
  public static ModelOpening start(Path directory, ModelOptions options) throws IOException {
    SessionSettings settings = options.settings();
    DeviceChoice device = DeviceChoice.of(options.device());
    Background<SessionSettings> library =
        Background.start("library", () -> device.load(settings, UsedDevice::logExtraction));
    try {
      SavedModelFile file = options.read(directory);
      return new ModelOpening(
          file,
          device,
          Background.start("model", () -> fitted(device.open(file, library.get()), options)));
    } catch (IOException | RuntimeException e) {
      library.close();
      throw e;
    }
  }

  /** Begins to open a model that is read already, as {@link #start} does. */
  public static ModelOpening of(SavedModelFile file, ModelOptions options) throws IOException {
    SessionSettings settings = options.settings();
    DeviceChoice device = DeviceChoice.of(options.device());
    return new ModelOpening(
        file,
        device,
        Background.start(
            "model",
            () ->
                fitted(
                    device.open(file, device.load(settings, UsedDevice::logExtraction)), options)));
  }

  private static ClassifierModel fitted(ClassifierModel model, ModelOptions options)
      throws IOException {
    try {
      options.requireLikeGpus(model.deviceName());
      options.fitBatch(model);
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Returns the model's graph, which is read before this object is there. */
  public SavedModelFile file() {
    return file;
  }

  /** Returns how many classes the model tells apart. */
  public int classCount() {
    return file.shape().classCount();
  }

  /**
   * Waits for the model, which stays owned by this object; says where it runs if nobody asked for
   * {@link #device} before.
   */
  public ClassifierModel model() throws IOException {
    if (!isDeviceKnown) {
      device().log();
    }
    return model.get();
  }

  /** Waits for the model and returns where it runs, which the caller says. */
  public UsedDevice device() throws IOException {
    isDeviceKnown = true;
    return UsedDevice.of(device, model.get().deviceName());
  }

  @Override
  public void close() {
    model.close();
  }
}
