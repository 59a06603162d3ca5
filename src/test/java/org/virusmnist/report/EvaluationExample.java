package org.virusmnist.report;

import java.util.List;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.PredictionBatch;

/** Four rows of three classes, the last of which never occurs. */
final class EvaluationExample {
  static final List<String> NAMES = List.of("benign", "go_windows", "efi_image");

  private EvaluationExample() {}

  static EvaluationResult result() {
    Evaluator evaluator = new Evaluator(3);
    evaluator.add(
        PredictionBatch.of(
                0,
                3,
                new float[] {
                  0.5f, 0.25f, 0.25f, 0.25f, 0.75f, 0, 0.75f, 0.125f, 0.125f, 0.125f, 0.25f, 0.625f
                })
            .withLabels(new int[] {0, 1, 1, 1}),
        new float[] {0.5f, 0.25f, 2, 1.25f});
    return new EvaluationResult(NAMES, evaluator.evaluation(), new TrainScore(100, 0.5, 0.875));
  }
}
