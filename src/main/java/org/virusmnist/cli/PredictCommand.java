package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvStream;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.model.ClassifierModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's probabilities for every row of a CSV of any length. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the probabilities of every row of a CSV, in the order of its rows.",
      "Labels and hashes are optional. Rows are streamed, so the CSV may be larger than memory."
    },
    footer = {
      "",
      "Example:",
      "  virus-mnist predict --model runs/1 --data data/test.csv.gz --output predictions.csv"
    })
final class PredictCommand implements Callable<Integer> {
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
      description = "CSV with or without labels, .csv or .csv.gz.")
  private Path data = Path.of("");

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "CSV to write: row,hash,label,predicted,probability,p0,p1,...")
  private Path output = Path.of("");

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    ModelLocation location = ModelLocation.find(model);
    try (ModelOpening opening = ModelOpening.start(location.directory(), modelOptions)) {
      int classCount = opening.classCount();
      location.warnIfUntrained();
      InferenceRunner inference = new InferenceRunner(modelOptions, common);
      try (ImageCsvStream rows =
          ImageCsv.open(data, classCount, inference.batchSize(), Labels.OPTIONAL)) {
        long count = predict(rows, opening.model(), inference);
        common.out().println(String.format(Locale.ROOT, "Wrote %s: %,d rows", output, count));
      }
    }
  }

  private long predict(ImageCsvStream rows, ClassifierModel open, InferenceRunner inference)
      throws IOException {
    int classCount = open.shape().classCount();
    try (PredictionsOutput predictions = PredictionsOutput.open(output, classCount)) {
      inference.predict(
          new ImageChunks(rows::next),
          open,
          (chunk, probabilities) ->
              predictions.write(chunk.predictions(classCount, probabilities)));
      predictions.commit();
      return predictions.rows();
    }
  }
}
