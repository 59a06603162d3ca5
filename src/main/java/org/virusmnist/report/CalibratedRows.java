package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.TemperatureScaling;

/**
 * What a run's test rows are worth with its temperature, read once.
 *
 * @param coverage by calibrated probability: what {@code predict} compares with its threshold; a
 *     run that knows no temperature has the coverage of its probabilities as they are
 * @param calibration with the temperature, or null where there is none or it is 1 and changes
 *     nothing
 */
record CalibratedRows(CoverageCurve coverage, @Nullable Calibration calibration) {
  private static final int THRESHOLDS = 100;

  /**
   * Reads a run.
   *
   * @param evaluation its {@code evaluation.json}
   * @throws IOException if predictions or a fold cannot be read
   */
  static CalibratedRows read(RunDirectory run, JsonTree evaluation) throws IOException {
    if (Files.isDirectory(run.fold(1))) {
      return new CalibratedRows(ofFolds(run), null);
    }
    double temperature = evaluation.at("temperature_scaling", "temperature").number();
    CoverageCurve.Counter coverage = new CoverageCurve.Counter(THRESHOLDS, temperature > 0);
    Calibration.Counter calibration = new Calibration.Counter(Calibration.DEFAULT_BINS);
    PredictionsCsv.read(
        run.predictions(),
        scaled(
            temperature,
            batch -> {
              coverage.add(batch);
              calibration.add(batch);
            }));
    boolean isChanged = temperature > 0 && temperature != 1;
    return new CalibratedRows(coverage.curve(), isChanged ? calibration.calibration() : null);
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
