package org.virusmnist.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.baseline.Baseline;
import org.virusmnist.baseline.BaselineProgress;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.report.BaselineScore;

/** Scores classifiers without a network on the rows that the network is scored on. */
final class BaselineRunner {
  private static final Logger LOG = LogManager.getLogger(BaselineRunner.class);

  private BaselineRunner() {}

  /** How the scores of an evaluation are taken: of all rows, or of a fold. */
  @FunctionalInterface
  interface Scoring {
    BaselineScore of(String model, Evaluation evaluation, double seconds);
  }

  /**
   * Fits and scores all of them.
   *
   * @param train rows to fit to: those of training and validation, which no baseline needs
   * @param test rows to score on
   * @param scoring takes the scores of the rows to score on
   * @param bar shows how far each of them is
   */
  static List<BaselineScore> run(
      ImageSet train, ImageSet test, int classCount, long seed, Scoring scoring, ProgressBar bar) {
    List<BaselineScore> scores = new ArrayList<>();
    for (Baseline baseline : Baseline.all()) {
      long start = System.nanoTime();
      float[] probabilities =
          baseline.predict(train, test, classCount, seed, new Shown(bar, baseline.name()));
      bar.clear();
      double seconds = (System.nanoTime() - start) / 1e9;
      Evaluator evaluator = new Evaluator(classCount);
      evaluator.add(new ImageChunk(0, test).predictions(classCount, probabilities));
      BaselineScore score = scoring.of(baseline.name(), evaluator.evaluation(), seconds);
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

  /** Draws a bar for each phase of a baseline; its threads take turns. */
  private static final class Shown implements BaselineProgress {
    private final ProgressBar bar;
    private final String name;
    private @Nullable Phase phase;

    Shown(ProgressBar bar, String name) {
      this.bar = bar;
      this.name = name;
      bar.start();
    }

    @Override
    public synchronized void advanced(Phase now, long done, long total) {
      if (phase != null && phase != now) {
        bar.start();
      }
      phase = now;
      bar.show("Baseline    " + name, done, total, now.name().toLowerCase(Locale.ROOT));
    }
  }
}
