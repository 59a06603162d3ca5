package org.virusmnist.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.baseline.Baseline;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.report.BaselineScore;

/** Scores classifiers without a network on the rows that the network is scored on. */
final class BaselineRunner {
  private static final Logger LOG = LogManager.getLogger(BaselineRunner.class);

  private BaselineRunner() {}

  /**
   * Fits and scores all of them.
   *
   * @param train rows to fit to: those of training and validation, which no baseline needs
   * @param test rows to score on
   */
  static List<BaselineScore> run(ImageSet train, ImageSet test, int classCount, long seed) {
    List<BaselineScore> scores = new ArrayList<>();
    for (Baseline baseline : Baseline.all()) {
      long start = System.nanoTime();
      float[] probabilities = baseline.predict(train, test, classCount, seed);
      double seconds = (System.nanoTime() - start) / 1e9;
      Evaluator evaluator = new Evaluator(classCount);
      evaluator.add(new ImageChunk(0, test).predictions(classCount, probabilities));
      BaselineScore score = BaselineScore.of(baseline.name(), evaluator.evaluation(), seconds);
      scores.add(score);
      LOG.info(
          "{}",
          String.format(
              Locale.ROOT,
              "Baseline    %s - accuracy: %.4f - %.1f s",
              score.model(),
              score.accuracy(),
              score.seconds()));
    }
    return scores;
  }
}
