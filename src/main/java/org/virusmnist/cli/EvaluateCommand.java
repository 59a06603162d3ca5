package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvStream;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores a model on a labelled CSV. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Scores a trained run, or an exported SavedModel, on a labelled CSV.",
    footer = {
      "",
      "Example:",
      "  virus-mnist evaluate --model runs/1 --data data/test.csv.gz --output predictions.csv"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN_OR_SAVEDMODEL",
      description = "A run directory or a SavedModel.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled CSV, .csv or .csv.gz.")
  private Path data = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write every row's probabilities there, as in a run's predictions.csv.")
  private @Nullable Path output;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name (default: the names the model was trained with).")
  private @Nullable Path classNamesFile;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    ModelLocation location = ModelLocation.find(model);
    try (ModelOpening opening = ModelOpening.start(location.directory(), modelOptions)) {
      int classCount = opening.classCount();
      ClassNames names = location.classNames(data, classNamesFile, classCount);
      location.warnIfUntrained();
      InferenceRunner inference = new InferenceRunner(modelOptions, common.progressBar());
      try (ImageCsvStream rows =
          ImageCsv.open(data, classCount, inference.batchSize(), Labels.REQUIRED)) {
        Evaluator evaluator = evaluate(rows, opening.model(), inference);
        new ResultPrinter(common.out(), names).print(evaluator.evaluation());
      }
    }
  }

  private Evaluator evaluate(ImageCsvStream rows, ClassifierModel open, InferenceRunner inference)
      throws IOException {
    int classCount = open.shape().classCount();
    Evaluator evaluator = new Evaluator(classCount);
    try (PredictionsOutput predictions = PredictionsOutput.open(output, classCount)) {
      inference.score(
          new ImageChunks(rows::next),
          open,
          (chunk, scores) -> {
            PredictionBatch batch = chunk.predictions(classCount, scores.probabilities());
            evaluator.add(batch, scores.losses());
            predictions.write(batch);
          });
      predictions.commit();
    }
    return evaluator;
  }
}
