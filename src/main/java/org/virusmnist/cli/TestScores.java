package org.virusmnist.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
record TestScores(
    Evaluation evaluation, List<PredictionBatch> batches, List<PredictionBatch> mistakes) {

  /** Scores the test rows. */
  static TestScores of(HeadTraining head, DataOptions.Rows rows) throws IOException {
    int classCount = rows.classNames().size();
    Evaluator evaluator = new Evaluator(classCount);
    Mistakes mistakes = new Mistakes(rows.test().size());
    List<PredictionBatch> batches = new ArrayList<>();
    head.scoreTest(
        (chunk, scores) -> {
          PredictionBatch batch = chunk.predictions(classCount, scores.probabilities());
          evaluator.add(batch, scores.losses());
          mistakes.add(batch);
          batches.add(batch);
        });
    return new TestScores(evaluator.evaluation(), batches, mistakes.mostConfidentFirst());
  }
}
