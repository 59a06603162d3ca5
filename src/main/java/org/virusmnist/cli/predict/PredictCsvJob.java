package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.session.Ensemble;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvStream;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.VerdictRule;
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
    try (Ensemble ensemble = Ensemble.open(command.models(), command.modelOptions(), common)) {
      InferenceRunner inference = new InferenceRunner(command.modelOptions(), common);
      Ensemble.Answers answers = ensemble.answers(); // first: a GPU says how many rows it can take
      try (ImageCsvStream rows =
          ImageCsv.open(data, ensemble.classCount(), inference.batchSize(), Labels.OPTIONAL)) {
        long count =
            command.writesVerdicts()
                ? writeVerdicts(
                    rows,
                    answers,
                    inference,
                    TrainedOnFiles.rule(ensemble.location(), command.unsureBelow()))
                : write(rows, answers, inference);
        JsonOption json = command.json();
        json.print(common.out(), Map.of("output", output, "rows", count));
        json.textTo(common.out())
            .println(String.format(Locale.ROOT, "Wrote %s: %,d rows", output, count));
      }
    }
  }

  private long write(ImageCsvStream rows, Ensemble.Answers answers, InferenceRunner inference)
      throws IOException {
    int classCount = answers.classCount();
    try (PredictionsOutput predictions = PredictionsOutput.open(output, classCount)) {
      inference.predict(
          inference.shown(data, new ImageChunks(rows::next), rows::fileBytes),
          answers::predict,
          (chunk, probabilities) ->
              predictions.write(chunk.predictions(classCount, probabilities)));
      predictions.commit();
      return predictions.rows();
    }
  }

  private long writeVerdicts(
      ImageCsvStream rows, Ensemble.Answers answers, InferenceRunner inference, VerdictRule rule)
      throws IOException {
    int classCount = answers.classCount();
    try (VerdictsCsv verdicts = VerdictsCsv.open(output, classCount, false)) {
      inference.predict(
          inference.shown(data, new ImageChunks(rows::next), rows::fileBytes),
          answers::predict,
          (chunk, probabilities) -> {
            PredictionBatch batch = chunk.predictions(classCount, probabilities);
            verdicts.add(batch, rule.judge(batch), List.of());
          });
      verdicts.commit();
      return verdicts.rows();
    }
  }
}
