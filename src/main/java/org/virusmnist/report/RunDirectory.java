package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.virusmnist.storage.AtomicDirectory;
import org.virusmnist.storage.AtomicDirectory.DirectoryWriter;
import org.virusmnist.storage.DirectoryLock;
import org.virusmnist.storage.Unfinished;

/**
 * The directory that a training run fills; its file names are relied upon from outside.
 *
 * @param root the directory
 */
public record RunDirectory(Path root) {

  /**
   * Makes the first of {@code parent/1}, {@code parent/2}, … that does not exist.
   *
   * @param parent where runs are kept; made when missing
   * @param content writes the files that are in it from the first moment
   * @return the new directory
   * @throws IOException if it cannot be made
   */
  public static RunDirectory createNumbered(Path parent, DirectoryWriter content)
      throws IOException {
    for (int number = 1; ; number++) {
      Path root = parent.resolve(Integer.toString(number));
      try {
        AtomicDirectory.write(root, content);
        return new RunDirectory(root);
      } catch (FileSystemException e) {
        if (!Files.exists(root)) {
          throw e;
        }
        // Another run has that number: take the next one.
      }
    }
  }

  /**
   * Makes a directory of a given name, which may exist when it is empty.
   *
   * @param root the directory
   * @param content writes the files that are in it from the first moment
   * @return the directory
   * @throws DirectoryNotEmptyException if there is something in it
   * @throws IOException if it cannot be made
   */
  public static RunDirectory create(Path root, DirectoryWriter content) throws IOException {
    requireUnused(root);
    if (Files.exists(root)) {
      content.writeTo(root);
    } else {
      AtomicDirectory.write(root, content);
    }
    return new RunDirectory(root);
  }

  /**
   * Returns the directory of the SavedModel that a path means.
   *
   * @param runOrModel a run directory, or the directory of a SavedModel
   * @return {@code model} in it if there is one, else the path itself
   */
  public static Path modelOf(Path runOrModel) {
    Path inRun = new RunDirectory(runOrModel).model();
    return Files.isDirectory(inRun) ? inRun : runOrModel;
  }

  /**
   * Makes sure that nothing would be overwritten.
   *
   * @param root the directory
   * @throws DirectoryNotEmptyException if there is something in it
   * @throws IOException if it cannot be read
   */
  public static void requireUnused(Path root) throws IOException {
    if (!isUnused(root)) {
      throw new DirectoryNotEmptyException(root.toString());
    }
  }

  /**
   * Whether nothing of a run is there: no directory, or none of its files.
   *
   * @param root the directory
   * @throws IOException if it cannot be read
   */
  public static boolean isUnused(Path root) throws IOException {
    if (!Files.exists(root)) {
      return true;
    }
    try (Stream<Path> contents = Files.list(root)) {
      return contents
          .map(path -> String.valueOf(path.getFileName()))
          .allMatch(name -> name.equals(DirectoryLock.FILE) || Unfinished.isUnfinished(name));
    }
  }

  /** Returns what was asked for and on what: {@code config.json}. */
  public Path config() {
    return root.resolve("config.json");
  }

  /** Returns the scores of every epoch: {@code history.csv}. */
  public Path history() {
    return root.resolve("history.csv");
  }

  /** Returns the scores of the trained model: {@code evaluation.json}. */
  public Path evaluation() {
    return root.resolve("evaluation.json");
  }

  /** Returns the counts of the test rows: {@code confusion_matrix.csv}. */
  public Path confusionMatrix() {
    return root.resolve("confusion_matrix.csv");
  }

  /** Returns every test row's probabilities: {@code predictions.csv}. */
  public Path predictions() {
    return root.resolve("predictions.csv");
  }

  /** Returns the test rows the model got wrong: {@code misclassified.csv}. */
  public Path misclassified() {
    return root.resolve("misclassified.csv");
  }

  /**
   * Returns the pictures of {@link #misclassified}, row by row: {@code
   * misclassified.images.csv.gz}.
   */
  public Path misclassifiedImages() {
    return root.resolve("misclassified.images.csv.gz");
  }

  /** Returns the images of {@link #samplesChart}: {@code samples.images.csv.gz}. */
  public Path sampleImages() {
    return root.resolve("samples.images.csv.gz");
  }

  /** Returns the scores of classifiers without a network: {@code baselines.csv}. */
  public Path baselines() {
    return root.resolve("baselines.csv");
  }

  /** Returns what all folds give together: {@code cross_validation.json}. */
  public Path crossValidation() {
    return root.resolve("cross_validation.json");
  }

  /** Returns the directory of one fold: {@code folds/1} and so on. */
  public Path fold(int number) {
    return root.resolve("folds").resolve(Integer.toString(number));
  }

  /** Returns what the time was spent on: {@code times.json}. */
  public Path times() {
    return root.resolve("times.json");
  }

  /** Returns which bytes drove the worst mistakes: {@code explanations.json}. */
  public Path explanations() {
    return root.resolve("explanations.json");
  }

  /** Returns everything on one page: {@code report.html}. */
  public Path report() {
    return root.resolve("report.html");
  }

  /** Returns the directory of TensorBoard's event files: {@code tensorboard/}. */
  public Path tensorboard() {
    return root.resolve("tensorboard");
  }

  /** Returns the chart of loss and accuracy: {@code curves.png}. */
  public Path curvesChart() {
    return root.resolve("curves.png");
  }

  /** Returns the confusion matrix as a heat map: {@code confusion_matrix.png}. */
  public Path confusionMatrixChart() {
    return root.resolve("confusion_matrix.png");
  }

  /** Returns accuracy by confidence: {@code reliability.png}. */
  public Path reliabilityChart() {
    return root.resolve("reliability.png");
  }

  /** Returns accuracy and coverage by threshold: {@code coverage.png}. */
  public Path coverageChart() {
    return root.resolve("coverage.png");
  }

  /** Returns a grid of training images: {@code samples.png}. */
  public Path samplesChart() {
    return root.resolve("samples.png");
  }

  /** Returns a grid of images the model got wrong: {@code misclassified.png}. */
  public Path misclassifiedChart() {
    return root.resolve("misclassified.png");
  }

  /** Returns what is equal or nearly so in training and test rows: {@code audit.json}. */
  public Path audit() {
    return root.resolve("audit.json");
  }

  /** Returns the trained SavedModel: {@code model/}. */
  public Path model() {
    return root.resolve("model");
  }

  /** Returns where training can be resumed from: {@code checkpoints/}. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Returns the log: {@code run.log}. */
  public Path log() {
    return root.resolve("run.log");
  }
}
