import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.virusmnist.api.Classifier;
import org.virusmnist.api.Prediction;

/** Says what a trained model makes of executables: {@code ClassifyFiles.java RUN FILE...}. */
public final class ClassifyFiles {
  private ClassifyFiles() {}

  /**
   * Loads a run's model and prints a line for each file.
   *
   * @param args the run directory, then executables
   * @throws IOException if there is no model
   */
  public static void main(String[] args) throws IOException {
    try (Classifier classifier = Classifier.load(Path.of(args[0]))) {
      System.out.println("Classes: " + String.join(", ", classifier.classNames()));
      Arrays.stream(args).skip(1).forEach(file -> print(classifier, Path.of(file)));
    }
  }

  private static void print(Classifier classifier, Path file) {
    try {
      Prediction prediction = classifier.classifyExecutable(file);
      System.out.printf(
          "%s: %s (%.3f)%n",
          file, prediction.verdict(0.9), prediction.calibratedProbability().orElse(Double.NaN));
    } catch (IOException e) {
      System.out.println("skipped " + e.getMessage());
    }
  }
}
