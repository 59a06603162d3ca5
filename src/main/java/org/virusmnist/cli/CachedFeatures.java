package org.virusmnist.cli;

import java.io.IOException;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Features;
import org.virusmnist.model.HeadSteps;

/** Trains the head on features that are computed once: the base is frozen, so they never change. */
final class CachedFeatures implements HeadTraining {
  private final ClassifierModel model;
  private final Features train;
  private final int[] trainLabels;
  private final Features validation;
  private final int[] validationLabels;

  CachedFeatures(
      ClassifierModel model, ImageSet train, ImageSet validation, InferenceRunner inference)
      throws IOException {
    this.model = model;
    this.trainLabels = train.labels();
    this.validationLabels = validation.labels();
    this.train = compute(train, inference);
    try {
      this.validation = compute(validation, inference);
    } catch (IOException | RuntimeException e) {
      this.train.close();
      throw e;
    }
  }

  private Features compute(ImageSet images, InferenceRunner inference) throws IOException {
    Features features = model.newFeatures(images.size());
    try {
      inference.forEachRange(images.size(), range -> fill(images, range, features));
      return features;
    } catch (IOException | RuntimeException e) {
      features.close();
      throw e;
    }
  }

  private void fill(ImageSet images, RowRanges.Range range, Features features) {
    model.features(images, range.from(), range.count(), features);
  }

  @Override
  public StepResults train(HeadSteps steps) {
    return model.trainHead(train, trainLabels, steps);
  }

  @Override
  public Score scoreValidation() {
    return Score.of(model.evaluate(validation, validationLabels), validationLabels);
  }

  @Override
  public Score scoreTraining() {
    return Score.of(model.evaluate(train, trainLabels), trainLabels);
  }

  @Override
  public void close() {
    train.close();
    validation.close();
  }
}
