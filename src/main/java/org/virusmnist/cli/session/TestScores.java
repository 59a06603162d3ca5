package org.virusmnist.cli.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.Mistakes;
import org.virusmnist.metrics.PredictionBatch;

/**
 * What the trained model says of the test rows.
 *
 * @param evaluation counts and scores
 * @param batches predictions in row order
 * @param mistakes wrong predictions, a batch of one each, the most confident first
 */
public record TestScores(
    Evaluation evaluation, List<PredictionBatch> batches, List<PredictionBatch> mistakes) {

  /** Adds predictions up whose losses follow from their probabilities. */
  public static TestScores of(List<PredictionBatch> batches, int classCount) {
    Evaluator evaluator = new Evaluator(classCount);
    int rows = batches.stream().mapToInt(PredictionBatch::size).sum();
    Mistakes mistakes = new Mistakes(rows);
    for (PredictionBatch batch : batches) {
      evaluator.add(batch);
      mistakes.add(batch);
    }
    return new TestScores(evaluator.evaluation(), batches, mistakes.mostConfidentFirst());
  }

  /** Scores the test rows. */
  public static TestScores of(HeadTraining head, DataOptions.Rows rows) throws IOException {
    return of(head::scoreTest, rows.classNames().size(), rows.test().size());
  }

  /** Hands the scores of some rows to a sink, in their order. */
  @FunctionalInterface
  interface Scoring {
    void into(InferenceRunner.ScoreSink sink) throws IOException;
  }

  /** Collects what a scoring delivers; throws {@code IOException} if it fails. */
  public static TestScores of(Scoring scoring, int classCount, int rows) throws IOException {
    Evaluator evaluator = new Evaluator(classCount);
    Mistakes mistakes = new Mistakes(rows);
    List<PredictionBatch> batches = new ArrayList<>();
    scoring.into(
        (chunk, scores) -> {
          PredictionBatch batch = chunk.predictions(classCount, scores.probabilities());
          evaluator.add(batch, scores.losses());
          mistakes.add(batch);
          batches.add(batch);
        });
    return new TestScores(evaluator.evaluation(), batches, mistakes.mostConfidentFirst());
  }
}
