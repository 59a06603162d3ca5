package org.virusmnist.cli.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ByteExplanation;
import org.virusmnist.inference.Occlusion;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.metrics.Attributions;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Explainer;
import org.virusmnist.pe.PeFields;
import org.virusmnist.report.Explanation;

/** Explains rows, several at a time, and shows progress. */
public final class RowExplainer {
  /** Steps where the attributions of a row add up to within a hundredth. */
  public static final int DEFAULT_STEPS = 512;

  /** Rows of a call: more of them take less time each, fewer show sooner how far it is. */
  private static final int ROWS_AT_A_TIME = 4;

  /** What a step costs, gradients included, beside a prediction. */
  private static final int STEP_COST = 3;

  private final ClassifierModel model;
  private final Settings settings;
  private final ModelOptions options;
  private final ProgressBar bar;
  private long done;

  /** Explains with a model that has the {@code explain} signature. */
  public RowExplainer(
      ClassifierModel model, Settings settings, ModelOptions options, ProgressBar bar) {
    this.model = model;
    this.settings = settings;
    this.options = options;
    this.bar = bar;
  }

  /**
   * How to explain.
   *
   * @param steps points on the way from black to the image
   * @param top bytes to name for each row
   * @param label class to explain, or null for the predicted one
   */
  public record Settings(int steps, int top, @Nullable Integer label) {}

  /** Explains the rows of some predictions, each a batch of one. */
  public List<Explanation> explain(ImageSet images, List<PredictionBatch> predictions)
      throws IOException {
    List<Explanation> rows = new ArrayList<>();
    long total = cost(images, predictions);
    Iterator<List<PredictionBatch>> groups = groups(predictions).iterator();
    bar.start();
    bar.show("Explaining", 0, total, "");
    new OrderedPipeline(options.callsInFlight())
        .run(
            () -> groups.hasNext() ? groups.next() : null,
            group -> explainGroup(images, group, total),
            rows::addAll);
    bar.clear();
    return rows;
  }

  /** Returns what rows cost, in predictions: steps, and one for each byte that can be occluded. */
  private long cost(ImageSet images, List<PredictionBatch> predictions) {
    long cost = (long) STEP_COST * settings.steps() * predictions.size();
    byte[] grey = new byte[ImageSet.PIXELS];
    for (PredictionBatch row : predictions) {
      images.copyGreyTo(Math.toIntExact(row.row(0)), grey, 0);
      cost += Occlusion.predictions(grey);
    }
    return cost;
  }

  /** Shows that so much more is done, whichever call did it. */
  private void advance(long cost, long total) {
    synchronized (bar) {
      done += cost;
      bar.show("Explaining", done, total, "");
    }
  }

  private static List<List<PredictionBatch>> groups(List<PredictionBatch> predictions) {
    List<List<PredictionBatch>> groups = new ArrayList<>();
    for (int from = 0; from < predictions.size(); from += ROWS_AT_A_TIME) {
      int to = Math.min(from + ROWS_AT_A_TIME, predictions.size());
      groups.add(predictions.subList(from, to));
    }
    return groups;
  }

  private List<Explanation> explainGroup(ImageSet images, List<PredictionBatch> group, long total)
      throws IOException {
    int[] rows = group.stream().mapToInt(row -> Math.toIntExact(row.row(0))).toArray();
    ImageSet chosen = images.select(rows);
    int[] classes = group.stream().mapToInt(this::explainedClass).toArray();
    Attributions gradients = new Explainer(model).explain(chosen, 0, classes, settings.steps());
    advance((long) STEP_COST * settings.steps() * rows.length, total);
    Occlusion occlusion = occlusion(total);
    List<Explanation> explained = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      byte[] grey = new byte[ImageSet.PIXELS];
      chosen.copyGreyTo(i, grey, 0);
      ByteExplanation bytes =
          new ByteExplanation(grey, gradients.of(i), occlusion.of(grey, classes[i]));
      explained.add(record(group.get(i), classes[i], new Figures(gradients, i), bytes));
    }
    return explained;
  }

  private int explainedClass(PredictionBatch prediction) {
    Integer asked = settings.label();
    return asked == null ? prediction.predicted(0) : asked;
  }

  private Occlusion occlusion(long total) {
    return new Occlusion(
        occluded -> {
          float[] probabilities = model.predict(occluded, 0, occluded.size());
          advance(occluded.size(), total);
          return probabilities;
        },
        model.shape().classCount(),
        options.batchSize());
  }

  /** What integrated gradients say of one row among several. */
  private record Figures(Attributions gradients, int index) {
    double logit() {
      return gradients.logits()[index];
    }

    double baselineLogit() {
      return gradients.baselineLogits()[index];
    }

    double relativeGap() {
      return gradients.relativeGap(index);
    }
  }

  private Explanation record(
      PredictionBatch prediction, int label, Figures figures, ByteExplanation bytes) {
    PeFields names = PeFields.of(bytes.grey());
    double agreement = bytes.agreement();
    return new Explanation(
        prediction.row(0),
        prediction.hash(0),
        prediction.hasLabels() ? prediction.label(0) : null,
        prediction.predicted(0),
        prediction.confidence(0),
        label,
        figures.logit(),
        figures.baselineLogit(),
        figures.relativeGap(),
        Double.isNaN(agreement) ? null : agreement,
        mostImportant(bytes, names),
        fields(names),
        HexFormat.of().formatHex(bytes.grey()),
        bytes.attributions(),
        bytes.occlusion());
  }

  private List<Explanation.ExplainedByte> mostImportant(ByteExplanation bytes, PeFields names) {
    byte[] grey = bytes.grey();
    float[] attributions = bytes.attributions();
    float[] occlusion = bytes.occlusion();
    return bytes.mostImportant(settings.top()).stream()
        .map(
            offset ->
                new Explanation.ExplainedByte(
                    offset,
                    Byte.toUnsignedInt(grey[offset]),
                    names.nameAt(offset).orElse(""),
                    attributions[offset],
                    occlusion[offset]))
        .toList();
  }

  private static List<Explanation.NamedBytes> fields(PeFields names) {
    return names.fields().stream()
        .map(field -> new Explanation.NamedBytes(field.offset(), field.length(), field.name()))
        .toList();
  }
}
