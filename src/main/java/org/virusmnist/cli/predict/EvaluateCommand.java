package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.input.CacheOptions;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.cli.input.ReadingOptions;
import org.virusmnist.cli.session.Ensemble;
import org.virusmnist.cli.session.EnsembleOptions;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.ModelOptions;
import org.virusmnist.cli.session.ResultPrinter;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvStream;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.EvaluationJson;
import org.virusmnist.report.EvaluationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores a model on a labelled CSV. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores a trained run, or an exported SavedModel, on a labelled CSV; several of them as an"
          + " ensemble."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist evaluate --model runs/1 --data data/test.csv.gz --output predictions.csv",
      "  scripts/virus-mnist evaluate --model runs/1 --data virus-mnist/test.csv --benign-class 0",
      "  scripts/virus-mnist evaluate --model runs/1 --model runs/2 --model runs/3 --data data/test.csv.gz"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnsembleOptions models = new EnsembleOptions();
  @Mixin private ModelOptions modelOptions = new ModelOptions();
  @Mixin private ReadingOptions reading = new ReadingOptions();
  @Mixin private CacheOptions cache = new CacheOptions();
  @Mixin private JsonOption json = new JsonOption();

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
    models.check();
    if (output != null) {
      List<Path> inputs = classNamesFile == null ? List.of(data) : List.of(data, classNamesFile);
      new OutputFile(common, "--output", output).requireCsv().requireNoneOf(inputs);
    }
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    try (Ensemble ensemble = Ensemble.open(models, modelOptions, common)) {
      int classCount = ensemble.classCount();
      reading.check(classCount);
      ClassNames names = ensemble.location().classNames(data, classNamesFile, classCount);
      InferenceRunner inference = new InferenceRunner(modelOptions, common);
      Scoring scoring =
          models.isPlain() && cache.holds(data)
              ? kept(cache.read(data, classCount), ensemble, inference)
              : streamed(ensemble, inference);
      List<PredictionBatch> batches = new ArrayList<>();
      Evaluator evaluator = evaluate(classCount, scoring, batches);
      print(
          new EvaluationResult(names.toList(), evaluator.evaluation(), null),
          Predictions.of(batches, models.isPlain() ? ensemble.location().temperature() : null));
    }
  }

  private void print(EvaluationResult result, Predictions predictions) {
    int classCount = result.classNames().size();
    if (json.isOn()) {
      common.out().print(EvaluationJson.text(result, reading.values(predictions, classCount)));
      common.out().flush();
    } else {
      new ResultPrinter(common.out(), ClassNames.of(result.classNames()))
          .print(result.evaluation());
      reading.print(predictions, classCount, common.out());
    }
  }

  /** Hands the scores of all rows to a sink, in their order. */
  @FunctionalInterface
  private interface Scoring {
    void into(InferenceRunner.ScoreSink sink) throws IOException;
  }

  private Scoring kept(CachedImages images, Ensemble ensemble, InferenceRunner inference) {
    return sink -> {
      ClassifierModel open = ensemble.model();
      try (FeatureSource source = new FeatureSource(open, inference, cache.features())) {
        BatchScores scores = open.evaluate(source.of(images), images.images().labels());
        sink.accept(new ImageChunk(0, images.images()), scores);
      }
    };
  }

  private Scoring streamed(Ensemble ensemble, InferenceRunner inference) {
    return sink -> {
      Ensemble.Answers answers = ensemble.answers();
      try (ImageCsvStream rows =
          ImageCsv.open(data, ensemble.classCount(), inference.batchSize(), Labels.REQUIRED)) {
        inference.score(
            inference.shown(data, new ImageChunks(rows::next), rows::fileBytes),
            answers::evaluate,
            sink);
      }
    };
  }

  private Evaluator evaluate(int classCount, Scoring scoring, List<PredictionBatch> batches)
      throws IOException {
    Evaluator evaluator = new Evaluator(classCount);
    try (PredictionsOutput predictions = PredictionsOutput.open(output, classCount)) {
      scoring.into(
          (chunk, scores) -> {
            PredictionBatch batch = chunk.predictions(classCount, scores.probabilities());
            evaluator.add(batch, scores.losses());
            if (reading.isAsked()) {
              batches.add(batch);
            }
            predictions.write(batch);
          });
      predictions.commit();
    }
    return evaluator;
  }
}
