package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.HeadSteps;

/**
 * Trains on images, the base in every step: frozen, which is the notebook's own arithmetic, or
 * trained too.
 */
final class ImagesInLoop implements HeadTraining {
  private final ClassifierModel model;
  private final ImageSet train;
  private final ImageSet validation;
  private final ImageSet test;
  private final InferenceRunner inference;
  private final TrainingImages trainImages;

  ImagesInLoop(
      ClassifierModel model,
      DataOptions.Rows rows,
      InferenceRunner inference,
      TrainingImages trainImages) {
    this.trainImages = trainImages;
    this.model = model;
    this.train = rows.train();
    this.validation = rows.validation();
    this.test = rows.test();
    this.inference = inference;
  }

  @Override
  public StepResults train(HeadSteps steps, int epoch) {
    return trainImages.run(steps, epoch);
  }

  @Override
  public Score scoreValidation() throws IOException {
    return score(validation);
  }

  @Override
  public Score scoreTraining() throws IOException {
    return score(train);
  }

  @Override
  public TemperatureScaling fitTemperature() throws IOException {
    int classCount = model.shape().classCount();
    FloatBuffer probabilities = FloatBuffer.allocate(validation.size() * classCount);
    inference.score(
        validation, model, (chunk, scores) -> probabilities.put(scores.probabilities()));
    return TemperatureScaling.fitProbabilities(
        probabilities.array(), validation.labels(), classCount);
  }

  @Override
  public void scoreTest(InferenceRunner.ScoreSink sink) throws IOException {
    inference.score(test, model, sink);
  }

  private Score score(ImageSet images) throws IOException {
    Score.Counter counter = new Score.Counter();
    inference.score(images, model, (chunk, scores) -> counter.add(scores, chunk.images().labels()));
    return counter.score();
  }

  @Override
  public void close() {
    trainImages.close();
  }
}
