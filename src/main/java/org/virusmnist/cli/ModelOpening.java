package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.TensorFlowLibrary;

/**
 * A model that opens while the caller reads data.
 *
 * <p>TensorFlow's library takes a second to load and the weights another half: the first passes
 * while the graph is read and checked, the second while the CSV is. Owns the model.
 */
final class ModelOpening implements AutoCloseable {
  private final SavedModelFile file;
  private final Background<ClassifierModel> model;

  private ModelOpening(SavedModelFile file, Background<ClassifierModel> model) {
    this.file = file;
    this.model = model;
  }

  /** Reads and checks the graph, and begins to open it where the options say. */
  static ModelOpening start(Path directory, ModelOptions options) throws IOException {
    SessionSettings settings = options.settings();
    Background<?> library = Background.run("library", TensorFlowLibrary::load);
    try {
      SavedModelFile file = options.read(directory);
      return new ModelOpening(file, Background.start("model", () -> open(file, settings, library)));
    } catch (IOException | RuntimeException e) {
      library.close();
      throw e;
    }
  }

  private static ClassifierModel open(
      SavedModelFile file, SessionSettings settings, Background<?> library) throws IOException {
    library.get();
    return ClassifierModel.open(file, settings);
  }

  SavedModelFile file() {
    return file;
  }

  int classCount() {
    return file.shape().classCount();
  }

  /** Waits for the model, which stays owned by this object. */
  ClassifierModel model() throws IOException {
    return model.get();
  }

  @Override
  public void close() {
    model.close();
  }
}
