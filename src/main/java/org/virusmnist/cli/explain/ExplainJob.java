package org.virusmnist.cli.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.run.ExplanationFiles;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.cli.session.RowExplainer;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.metrics.Mistakes;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.JsonTree;
import org.virusmnist.storage.DirectoryLock;
import org.virusmnist.storage.Sha256;

/** What {@code explain} does, from rows to pictures. */
final class ExplainJob {
  private final CommonOptions common;
  private final ExplainCommand command;

  ExplainJob(CommonOptions common, ExplainCommand command) {
    this.common = common;
    this.command = command;
  }

  void run() throws IOException {
    ModelLocation location = ModelLocation.find(command.model());
    SavedModelFile file = command.modelOptions().read(location.directory());
    int classCount = file.shape().classCount();
    Integer label = command.label();
    common.require(
        label == null || (label >= 0 && label < classCount),
        "--class is %s, expected 0 to %d".formatted(label, classCount - 1));
    Map<String, String> tested = testedOn();
    Path data = data(tested);
    ImageSet images = ImageCsv.read(data, classCount, Labels.OPTIONAL);
    location.warnIfUntrained();
    List<Explanation> rows;
    try (ModelOpening opening = ModelOpening.of(file, command.modelOptions())) {
      ClassifierModel model = opening.model();
      List<PredictionBatch> predictions = predictions(images, data, model);
      rows =
          new RowExplainer(model, command.settings(), command.modelOptions(), common.progressBar())
              .explain(images, predictions);
    }
    String sha256 = Sha256.of(data);
    Explanations explanations =
        new Explanations(
            command.settings().steps(), location.explains(), data.toString(), sha256, rows);
    ExplanationFiles files =
        new ExplanationFiles(
            output(location, sha256.equals(tested.get("sha256"))),
            location.classNames(data, command.classNamesFile(), classCount));
    write(explanations, files, isIntoRun(location));
    print(explanations, files);
  }

  private void write(Explanations explanations, ExplanationFiles files, boolean isIntoRun)
      throws IOException {
    if (isIntoRun) {
      try (DirectoryLock lock = DirectoryLock.acquire(command.model())) {
        files.write(explanations);
        files.draw(explanations.rows(), common.progressBar());
        lock.requireHeld();
      }
    } else {
      files.write(explanations);
      files.draw(explanations.rows(), common.progressBar());
    }
  }

  private void print(Explanations explanations, ExplanationFiles files) {
    if (command.json().isOn()) {
      common.out().print(ConfigJson.text(explanations));
      common.out().flush();
    } else {
      new ExplanationPrinter(common.out(), files).print(explanations.rows());
    }
  }

  /**
   * Returns file and SHA-256 of the CSV that a run was tested on; nothing where there is no run.
   */
  private Map<String, String> testedOn() throws IOException {
    Path config = command.model().resolve("config.json");
    if (!Files.isRegularFile(config)) {
      return Map.of();
    }
    JsonTree test = new JsonTree(ConfigJson.read(config)).at("data", "test");
    return Map.of("file", test.at("file").text(), "sha256", test.at("sha256").text());
  }

  /** Returns the CSV asked for, or the one that the run was tested on. */
  private Path data(Map<String, String> tested) throws IOException {
    Path given = command.data();
    if (given != null) {
      return given;
    }
    common.require(
        !tested.isEmpty(),
        "--data is missing, and %s is no run that could say what it was tested on"
            .formatted(command.model()));
    String name = tested.get("file");
    String expected = tested.get("sha256");
    if (name == null || name.isEmpty() || expected == null || expected.isEmpty()) {
      throw new IOException(
          command.model().resolve("config.json") + ": says no test CSV. Name it with --data.");
    }
    return requireSame(Path.of(name), expected);
  }

  /** Makes sure that what a run names is what the run saw. */
  private static Path requireSame(Path data, String expected) throws IOException {
    String found = Sha256.of(data);
    if (!found.equals(expected)) {
      throw new IOException(
          "%s: has SHA-256 %s, expected %s of the file that the run was tested on. Name one with"
                  .formatted(data, found, expected)
              + " --data.");
    }
    return data;
  }

  private List<PredictionBatch> predictions(ImageSet images, Path data, ClassifierModel model)
      throws IOException {
    List<Integer> rows = command.rows();
    if (rows == null && !images.hasLabels()) {
      throw new IOException(data + ": has no labels, so no mistakes. Name rows with --rows.");
    }
    return rows == null ? mistakes(images, model) : chosen(images, rows, model);
  }

  private List<PredictionBatch> mistakes(ImageSet images, ClassifierModel model)
      throws IOException {
    Mistakes mistakes = new Mistakes(command.misclassified());
    int classCount = model.shape().classCount();
    InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
    inference.predict(
        ImageChunks.of(images, inference.batchSize()),
        model::predict,
        (chunk, probabilities) -> mistakes.add(chunk.predictions(classCount, probabilities)));
    return mistakes.mostConfidentFirst();
  }

  private List<PredictionBatch> chosen(ImageSet images, List<Integer> rows, ClassifierModel model) {
    List<PredictionBatch> predictions = new ArrayList<>();
    for (int row : rows) {
      common.require(
          row >= 0 && row < images.size(),
          "--rows has %d, expected 0 to %d".formatted(row, images.size() - 1));
      ImageSet image = images.select(new int[] {row});
      PredictionBatch prediction =
          PredictionBatch.of(row, model.shape().classCount(), model.predict(image, 0, 1))
              .withHashes(new @Nullable String[] {image.hash(0)});
      predictions.add(image.hasLabels() ? prediction.withLabels(image.labels()) : prediction);
    }
    return predictions;
  }

  /**
   * Returns where to write. Beside the report of a run lie its worst mistakes on the test rows,
   * which it names; whatever else is asked for goes into a directory of its own.
   */
  private Path output(ModelLocation location, boolean isTestedOn) {
    Path given = command.output();
    if (given != null) {
      return given;
    }
    boolean isOfReport = isTestedOn && command.rows() == null && command.label() == null;
    Path explanations = Path.of("explanations");
    if (!isIntoRun(location)) {
      return explanations;
    }
    return isOfReport ? command.model() : command.model().resolve(explanations);
  }

  private boolean isIntoRun(ModelLocation location) {
    return command.output() == null && !location.directory().equals(command.model());
  }
}
