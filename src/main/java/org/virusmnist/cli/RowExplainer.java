package org.virusmnist.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ByteExplanation;
import org.virusmnist.inference.Occlusion;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.metrics.Attributions;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Explainer;

/** Explains rows, several at a time, and shows progress. */
final class RowExplainer {
  private final ClassifierModel model;
  private final ExplainCommand command;
  private final ProgressBar bar;

  RowExplainer(ClassifierModel model, ExplainCommand command, ProgressBar bar) {
    this.model = model;
    this.command = command;
    this.bar = bar;
  }

  /** Explains the rows of some predictions, each a batch of one. */
  List<ExplainedRow> explain(ImageSet images, List<PredictionBatch> predictions)
      throws IOException {
    List<ExplainedRow> rows = new ArrayList<>();
    Iterator<PredictionBatch> next = predictions.iterator();
    bar.start();
    new OrderedPipeline(command.modelOptions().callsInFlight())
        .run(
            () -> next.hasNext() ? next.next() : null,
            prediction -> explain(images, prediction),
            row -> {
              rows.add(row);
              bar.show("Explaining", rows.size(), predictions.size(), "");
            });
    bar.clear();
    return rows;
  }

  private ExplainedRow explain(ImageSet images, PredictionBatch prediction) throws IOException {
    int row = Math.toIntExact(prediction.row(0));
    Integer asked = command.label();
    int label = asked == null ? prediction.predicted(0) : asked;
    Attributions gradients =
        new Explainer(model).explain(images, row, new int[] {label}, command.steps());
    byte[] grey = new byte[ImageSet.PIXELS];
    images.copyGreyTo(row, grey, 0);
    float[] occlusion =
        new Occlusion(
                occluded -> model.predict(occluded, 0, occluded.size()),
                model.shape().classCount(),
                command.modelOptions().batchSize())
            .of(grey, label);
    ByteExplanation explanation = new ByteExplanation(grey, gradients.of(0), occlusion);
    return ExplainedRow.of(prediction, label, gradients, explanation, command.top());
  }
}
