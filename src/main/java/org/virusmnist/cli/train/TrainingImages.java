package org.virusmnist.cli.train;

import org.virusmnist.dataset.Augmentation;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Images;

/** The images of training steps: loaded once as they are, or changed at random for every call. */
interface TrainingImages extends AutoCloseable {
  /** Runs steps of an epoch. */
  StepResults run(HeadSteps steps, int epoch);

  /** Frees the images; the model stays open. */
  @Override
  void close();

  /** What runs steps on images: {@code train} or {@code fineTune}. */
  @FunctionalInterface
  interface Signature {
    StepResults run(Images images, int[] labels, HeadSteps steps);
  }

  /** Loads all images. */
  static TrainingImages loaded(ClassifierModel model, ImageSet images, Signature signature) {
    Images loaded = model.load(images);
    int[] labels = images.labels();
    return new TrainingImages() {
      @Override
      public StepResults run(HeadSteps steps, int epoch) {
        return signature.run(loaded, labels, steps);
      }

      @Override
      public void close() {
        loaded.close();
      }
    };
  }

  /** Changes the images of each call; the seed is that of the steps. */
  static TrainingImages changed(
      ClassifierModel model, ImageSet images, Signature signature, Augmentation augmentation) {
    return new TrainingImages() {
      @Override
      public StepResults run(HeadSteps steps, int epoch) {
        ImageSet changed = augmentation.apply(images, steps.validRows(), steps.seed(), epoch);
        try (Images loaded = model.load(changed)) {
          return signature.run(loaded, changed.labels(), steps.onRowsInTurn());
        }
      }

      @Override
      public void close() {}
    };
  }
}
