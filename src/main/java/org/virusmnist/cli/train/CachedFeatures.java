package org.virusmnist.cli.train;

import java.io.IOException;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.FeatureScores;
import org.virusmnist.model.Features;
import org.virusmnist.model.HeadSteps;

/**
 * Trains the head on features that are computed once: the base is frozen, so they never change.
 *
 * <p>Training rows are named by their place in the file, so that its features are fed as they are.
 */
final class CachedFeatures implements HeadTraining {
  private final ClassifierModel model;
  private final DataOptions.Rows rows;
  private final FeatureSource source;
  private final Features train;
  private final int[] trainLabels;
  private final Features validation;
  private final int[] validationLabels;
  private final Features test;

  CachedFeatures(ClassifierModel model, DataOptions.Rows rows, FeatureSource source)
      throws IOException {
    this.model = model;
    this.rows = rows;
    this.source = source;
    this.trainLabels = rows.trainRows().file().images().labels();
    this.validationLabels = rows.validation().labels();
    try {
      this.train = source.of(rows.trainRows().file());
      this.test = source.of(rows.testRows());
      this.validation = source.of(rows.validationRows());
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public StepResults train(HeadSteps steps, int epoch) {
    return model.trainHead(train, trainLabels, steps.inRowsOf(rows.trainRows().rows()));
  }

  @Override
  public Score scoreValidation() {
    return Score.of(model.evaluate(validation, validationLabels), validationLabels);
  }

  @Override
  public Score scoreTraining() {
    int[] labels = rows.train().labels();
    return Score.of(FeatureScores.of(model, train, rows.trainRows().rows(), labels), labels);
  }

  @Override
  public TemperatureScaling fitTemperature() {
    float[] probabilities = model.evaluate(validation, validationLabels).probabilities();
    return TemperatureScaling.fitProbabilities(
        probabilities, validationLabels, rows.classNames().size());
  }

  @Override
  public void scoreTest(InferenceRunner.ScoreSink sink) throws IOException {
    BatchScores scores = model.evaluate(test, rows.test().labels());
    sink.accept(new ImageChunk(0, rows.test()), scores);
  }

  @Override
  public void close() {
    source.close();
  }
}
