package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvStream;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.VerdictsCsv;

/** What {@code predict} does with the rows of a CSV. */
final class PredictCsvJob {
  private final CommonOptions common;
  private final PredictCommand command;
  private final Path data;
  private final Path output;

  PredictCsvJob(CommonOptions common, PredictCommand command, Path data, Path output) {
    this.common = common;
    this.command = command;
    this.data = data;
    this.output = output;
  }

  void run() throws IOException {
    ModelLocation location = ModelLocation.find(command.model());
    try (ModelOpening opening = ModelOpening.start(location.directory(), command.modelOptions())) {
      location.warnIfUntrained();
      InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
      try (ImageCsvStream rows =
          ImageCsv.open(data, opening.classCount(), inference.batchSize(), Labels.OPTIONAL)) {
        long count =
            command.writesVerdicts()
                ? writeVerdicts(
                    rows,
                    opening.model(),
                    inference,
                    TrainedOnFiles.rule(location, command.unsureBelow()))
                : write(rows, opening.model(), inference);
        JsonOption json = command.json();
        json.print(common.out(), Map.of("output", output, "rows", count));
        json.textTo(common.out())
            .println(String.format(Locale.ROOT, "Wrote %s: %,d rows", output, count));
      }
    }
  }

  private long write(ImageCsvStream rows, ClassifierModel model, InferenceRunner inference)
      throws IOException {
    int classCount = model.shape().classCount();
    try (PredictionsOutput predictions = PredictionsOutput.open(output, classCount)) {
      inference.predict(
          new ImageChunks(rows::next),
          model,
          (chunk, probabilities) ->
              predictions.write(chunk.predictions(classCount, probabilities)));
      predictions.commit();
      return predictions.rows();
    }
  }

  private long writeVerdicts(
      ImageCsvStream rows, ClassifierModel model, InferenceRunner inference, VerdictRule rule)
      throws IOException {
    int classCount = model.shape().classCount();
    try (VerdictsCsv verdicts = VerdictsCsv.open(output, classCount, false)) {
      inference.predict(
          new ImageChunks(rows::next),
          model,
          (chunk, probabilities) -> {
            PredictionBatch batch = chunk.predictions(classCount, probabilities);
            verdicts.add(batch, rule.judge(batch), List.of());
          });
      verdicts.commit();
      return verdicts.rows();
    }
  }
}
