package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.TemperatureScaling;

/**
 * Coverage of a run's test rows by calibrated probability: what {@code predict} compares with its
 * threshold. A run that knows no temperature has the coverage of its probabilities as they are.
 */
final class CoverageReader {
  private static final int THRESHOLDS = 100;

  private CoverageReader() {}

  static CoverageCurve read(RunDirectory run) throws IOException {
    if (Files.isDirectory(run.fold(1))) {
      return ofFolds(run);
    }
    double temperature =
        new JsonTree(ConfigJson.read(run.evaluation()))
            .at("temperature_scaling", "temperature")
            .number();
    CoverageCurve.Counter counter = new CoverageCurve.Counter(THRESHOLDS, temperature > 0);
    PredictionsCsv.read(run.predictions(), scaled(temperature, counter::add));
    return counter.curve();
  }

  /** Each fold is a model of its own, with a temperature of its own. */
  private static CoverageCurve ofFolds(RunDirectory run) throws IOException {
    CoverageCurve.Counter counter = new CoverageCurve.Counter(THRESHOLDS, true);
    for (int number = 1; Files.isDirectory(run.fold(number)); number++) {
      Path fold = run.fold(number);
      double temperature =
          new JsonTree(ConfigJson.read(fold.resolve("fold.json"))).at("temperature").number();
      PredictionsCsv.read(fold.resolve("predictions.csv"), scaled(temperature, counter::add));
    }
    return counter.curve();
  }

  private static Consumer<PredictionBatch> scaled(
      double temperature, Consumer<PredictionBatch> sink) {
    if (!(temperature > 0)) {
      return sink;
    }
    TemperatureScaling scaling = new TemperatureScaling(temperature);
    return batch -> sink.accept(Scaled.apply(scaling, batch));
  }
}
