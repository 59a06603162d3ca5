package org.virusmnist.cli.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.virusmnist.benchmark.Workload;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Features;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Images;
import org.virusmnist.model.Regularization;

/**
 * What {@code benchmark} measures, each from Java's bytes to a result in Java.
 *
 * <p>Pixels and features are random: a network takes as long for one image as for another. Steps
 * have a learning rate of zero, which costs the same and leaves the weights as they are.
 */
enum BenchmarkWork {
  /** Features of images; several calls in flight. */
  FEATURES {
    @Override
    Workload.Work prepare(ClassifierModel model, int batchSize, int inFlight) {
      Batches batches = new Batches(batchSize, inFlight);
      Features target = model.newFeatures(batches.images.size());
      return new Workload.Work() {
        @Override
        public void call() {
          model.features(batches.images, batches.nextRow(), batchSize, target);
        }

        @Override
        public void close() {
          target.close();
        }
      };
    }
  },

  /** Probabilities of images; several calls in flight. */
  PREDICT {
    @Override
    Workload.Work prepare(ClassifierModel model, int batchSize, int inFlight) {
      Batches batches = new Batches(batchSize, inFlight);
      return () -> model.predict(batches.images, batches.nextRow(), batchSize);
    }
  },

  /** Training steps of the head on features, as many in a call as training puts into one. */
  HEAD_STEP {
    @Override
    Workload.Work prepare(ClassifierModel model, int batchSize, int inFlight) {
      int rows = Math.max(FEATURE_ROWS, batchSize);
      int steps = Math.max(1, Math.min(MOST_STEPS, ROWS_OF_A_CALL / batchSize));
      Features features = randomFeatures(model, rows);
      int[] labels = labels(rows, model);
      HeadSteps plan = steps(steps, batchSize, rows, model);
      return new Steps(steps) {
        @Override
        public void call() {
          model.trainHead(features, labels, plan);
        }

        @Override
        public void close() {
          features.close();
        }
      };
    }
  },

  /** Training steps of base and head on images. */
  FINE_TUNE_STEP {
    @Override
    Workload.Work prepare(ClassifierModel model, int batchSize, int inFlight) {
      Images images = model.load(randomImages(batchSize));
      int[] labels = labels(batchSize, model);
      HeadSteps plan = steps(1, batchSize, batchSize, model);
      return new Steps(1) {
        @Override
        public void call() {
          model.fineTune(images, labels, plan);
        }

        @Override
        public void close() {
          images.close();
        }
      };
    }
  };

  private static final int FEATURE_ROWS = 4096;
  private static final int ROWS_OF_A_CALL = 8192;
  private static final int MOST_STEPS = 512;
  private static final int BLOCK_ROWS = 256;

  /** Makes ready to measure, with room for some calls in flight. */
  abstract Workload.Work prepare(ClassifierModel model, int batchSize, int inFlight);

  /** Returns whether the precision of the base makes a difference. */
  boolean usesPrecision() {
    return this == FEATURES || this == PREDICT;
  }

  Workload of(ClassifierModel model, int inFlight) {
    BenchmarkWork work = this;
    return new Workload() {
      @Override
      public String name() {
        return work.toString();
      }

      @Override
      public Work prepare(int batchSize) {
        return work.prepare(model, batchSize, inFlight);
      }
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Calls that change weights must run alone. */
  private abstract static class Steps implements Workload.Work {
    private final int steps;

    Steps(int steps) {
      this.steps = steps;
    }

    @Override
    public int stepsPerCall() {
      return steps;
    }

    @Override
    public boolean mayOverlap() {
      return false;
    }
  }

  /** Random images for some calls in flight, each on rows of its own. */
  private static final class Batches {
    private final ImageSet images;
    private final int batchSize;
    private final int inFlight;
    private final AtomicInteger calls = new AtomicInteger();

    Batches(int batchSize, int inFlight) {
      this.images = randomImages(Math.multiplyExact(batchSize, inFlight));
      this.batchSize = batchSize;
      this.inFlight = inFlight;
    }

    int nextRow() {
      return Math.floorMod(calls.getAndIncrement(), inFlight) * batchSize;
    }
  }

  private static ImageSet randomImages(int rows) {
    byte[] grey = new byte[Math.multiplyExact(rows, ImageSet.PIXELS)];
    new Random(1).nextBytes(grey);
    return ImageSet.of(grey, new int[rows]);
  }

  private static Features randomFeatures(ClassifierModel model, int rows) {
    Features features = model.newFeatures(rows);
    Random random = new Random(1);
    for (int from = 0; from < rows; from += BLOCK_ROWS) {
      float[] block = new float[Math.min(BLOCK_ROWS, rows - from) * features.featureCount()];
      for (int i = 0; i < block.length; i++) {
        block[i] = random.nextFloat();
      }
      features.write(from, block);
    }
    return features;
  }

  private static int[] labels(int rows, ClassifierModel model) {
    int[] labels = new int[rows];
    Arrays.setAll(labels, row -> row % model.shape().classCount());
    return labels;
  }

  private static HeadSteps steps(int steps, int batchSize, int rows, ClassifierModel model) {
    int[] batches = new int[steps * batchSize];
    Arrays.setAll(batches, i -> i % rows);
    Regularization none = Regularization.none(model.shape().classCount());
    return new HeadSteps(batches, new float[steps], none, 1);
  }
}
