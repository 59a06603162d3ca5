package org.virusmnist.cli.train;

import java.io.IOException;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.FileRows;
import org.virusmnist.cli.session.FileFeatures;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.FeatureScores;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.StagedFeatures;

/** Trains the head on features that stay in files: {@link CachedFeatures} in bounded memory. */
final class FeaturesOnDisk implements HeadTraining {
  private final ClassifierModel model;
  private final DataOptions.Rows rows;
  private final FileFeatures source;
  private final StagedFeatures train;

  FeaturesOnDisk(ClassifierModel model, DataOptions.Rows rows, FileFeatures source, int batchSize)
      throws IOException {
    this.model = model;
    this.rows = rows;
    this.source = source;
    FileRows wanted = rows.trainRows();
    this.train =
        new StagedFeatures(
            model,
            source.of(wanted.file()),
            wanted.file().images().labels(),
            Math.max(batchSize, FeatureScores.MOST_ROWS));
    source.of(rows.validationRows().file());
    source.of(rows.testRows().file());
  }

  @Override
  public StepResults train(HeadSteps steps, int epoch) {
    return train.run(steps.inRowsOf(rows.trainRows().rows()));
  }

  @Override
  public Score scoreValidation() throws IOException {
    return score(rows.validationRows());
  }

  @Override
  public Score scoreTraining() throws IOException {
    return score(rows.trainRows());
  }

  private Score score(FileRows wanted) throws IOException {
    return Score.of(evaluate(wanted), wanted.images().labels());
  }

  @Override
  public TemperatureScaling fitTemperature() throws IOException {
    return TemperatureScaling.fitProbabilities(
        evaluate(rows.validationRows()).probabilities(),
        rows.validation().labels(),
        rows.classNames().size());
  }

  @Override
  public void scoreTest(InferenceRunner.ScoreSink sink) throws IOException {
    sink.accept(new ImageChunk(0, rows.test()), evaluate(rows.testRows()));
  }

  private BatchScores evaluate(FileRows wanted) throws IOException {
    return FeatureScores.of(
        model, source.of(wanted.file()), wanted.rows(), wanted.images().labels());
  }

  @Override
  public void close() {
    train.close();
    source.close();
  }
}
