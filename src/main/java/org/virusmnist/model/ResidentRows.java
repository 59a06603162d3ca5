package org.virusmnist.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.types.TInt32;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.StepResults;

/**
 * Labelled rows in the memory of the device, from where calls take them by their number.
 *
 * <p>On a GPU a training call then copies row numbers and nothing else. Rows that are more than the
 * memory holds take turns: those of the next steps are loaded before they run, so no result depends
 * on how many fit. The model holds one such set of features and one of images at a time.
 *
 * <p>To be used by one thread, and closed before the model.
 */
public final class ResidentRows implements AutoCloseable {
  private static final int LOAD_ROWS = 8192;
  private static final int AS_IT_IS = -1;

  private final ClassifierModel model;
  private final ResidentSignatures signatures;
  private final RowParts rows;
  private final int[] labels;
  private final int room;

  private ResidentRows(
      ClassifierModel model,
      ResidentSignatures signatures,
      RowParts rows,
      int[] labels,
      long maxBytes) {
    if (rows.size() != labels.length) {
      throw new IllegalArgumentException(
          "%d labels for %d rows, expected as many".formatted(labels.length, rows.size()));
    }
    this.model = model;
    this.signatures = signatures;
    this.rows = rows;
    this.labels = labels.clone();
    this.room = makeRoom((int) Math.min(rows.size(), maxBytes / rows.bytesPerRow()));
  }

  /**
   * Loads features, of one or several files.
   *
   * @param model an open model with resident signatures, which stays the caller's
   * @param parts the features, which stay the caller's and open; their rows are numbered through
   * @param labels true class of every row
   * @param maxBytes memory to use
   * @return the rows, to be closed by the caller
   * @throws ModelCallException if they cannot be loaded
   */
  public static ResidentRows ofFeatures(
      ClassifierModel model, List<? extends FeatureRows> parts, int[] labels, long maxBytes) {
    return new ResidentRows(
        model, ResidentSignatures.FEATURES, RowParts.ofFeatures(parts), labels, maxBytes);
  }

  /**
   * Loads images, of one or several sets.
   *
   * @param model an open model with resident signatures, which stays the caller's
   * @param parts the images; their rows are numbered through
   * @param labels true class of every row
   * @param maxBytes memory to use
   * @return the rows, to be closed by the caller
   * @throws ModelCallException if they cannot be loaded
   */
  public static ResidentRows ofImages(
      ClassifierModel model, List<ImageSet> parts, int[] labels, long maxBytes) {
    return new ResidentRows(
        model, ResidentSignatures.IMAGES, RowParts.ofImages(parts), labels, maxBytes);
  }

  /**
   * Returns how many rows are in memory at a time.
   *
   * @return all of them, or as many as the memory holds
   */
  public int room() {
    return room;
  }

  /** Trains the head: on features, or on images with the frozen base in the loop. */
  public StepResults train(HeadSteps steps) {
    return run(new Call(signatures.train(), null), steps);
  }

  /**
   * Trains head and base.
   *
   * @throws UnsupportedOperationException if these rows are features
   */
  public StepResults fineTune(HeadSteps steps) {
    return run(new Call(signatures.fineTune(), null), steps);
  }

  /**
   * Trains head and base, the base in its own way.
   *
   * @throws UnsupportedOperationException if these rows are features
   */
  public StepResults fineTune(HeadSteps steps, BaseTraining base) {
    signatures.fineTune();
    return run(new Call(ModelSignatures.FINE_TUNE_PARTS_RESIDENT, base), steps);
  }

  /** A training signature and what it is fed beside the steps. */
  private record Call(String signature, @Nullable BaseTraining base) {}

  /**
   * Scores chosen rows.
   *
   * @param chosen row numbers, one or more
   * @return loss and probabilities of each row
   */
  public BatchScores evaluate(int[] chosen) {
    if (holdsAll()) {
      return evaluateLoaded(chosen);
    }
    BatchScores.Joined all = new BatchScores.Joined(chosen.length, model.shape().classCount());
    for (int from = 0; from < chosen.length; from += room) {
      int[] part = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + room));
      load(part);
      all.put(evaluateLoaded(sequence(part.length)));
    }
    return all.scores();
  }

  private BatchScores evaluateLoaded(int[] places) {
    try (TensorBatch inputs = new TensorBatch().own("rows", Tensors.vector(places));
        Result result = model.call(signatures.evaluate(), inputs)) {
      return Tensors.scores(result);
    }
  }

  private StepResults run(Call call, HeadSteps steps) {
    requireKnown(steps.rows());
    if (holdsAll()) {
      return runLoaded(call, steps);
    }
    requireStep(steps.batchSize());
    return steps.inParts(
        room,
        part -> {
          load(part.validRows());
          return runLoaded(call, part.onRowsInTurn());
        });
  }

  private void requireStep(int batchSize) {
    if (room < batchSize) {
      throw new IllegalArgumentException(
          "the device's memory for rows holds %d, expected at least the %d of a step"
              .formatted(room, batchSize));
    }
  }

  private StepResults runLoaded(Call call, HeadSteps steps) {
    try (TensorBatch inputs = Tensors.addSteps(new TensorBatch(), steps)) {
      if (call.base() != null) {
        call.base().addTo(inputs, steps);
      }
      try (Result result = model.call(call.signature(), inputs)) {
        return Tensors.stepResults(result);
      }
    }
  }

  /** Where a number is wrong a CPU says so, but a GPU takes zeros in silence. */
  private void requireKnown(int[] numbers) {
    for (int row : numbers) {
      if (row >= labels.length) {
        throw new IndexOutOfBoundsException(
            "row %d of %d is to be trained on".formatted(row, labels.length));
      }
    }
  }

  private boolean holdsAll() {
    return room == labels.length;
  }

  /** Makes room, and loads every row if all fit. */
  private int makeRoom(int wanted) {
    return RowRoom.take(
        wanted,
        new RowRoom.Memory() {
          @Override
          public void take(int taken) {
            load(new int[0], 0, taken);
            if (taken == labels.length) {
              load(sequence(taken));
            }
          }

          @Override
          public void free() {
            load(new int[0], 0, 0);
          }
        });
  }

  /** Puts chosen rows, at most as many as there is room for, into the places from 0 on. */
  private void load(int[] chosen) {
    for (int from = 0; from < chosen.length; from += LOAD_ROWS) {
      int to = Math.min(chosen.length, from + LOAD_ROWS);
      load(Arrays.copyOfRange(chosen, from, to), from, AS_IT_IS);
    }
  }

  private void load(int[] chosen, int firstPlace, int newRoom) {
    int[] chosenLabels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosenLabels[i] = labels[chosen[i]];
    }
    try (TensorBatch inputs =
            rows.copy(chosen)
                .own("labels", Tensors.vector(chosenLabels))
                .own("first_row", TInt32.scalarOf(firstPlace))
                .own("room", TInt32.scalarOf(newRoom));
        Result result = model.call(signatures.load(), inputs)) {
      Tensors.output(result, "room");
    }
  }

  private static int[] sequence(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** Frees the device's memory. */
  @Override
  public void close() {
    load(new int[0], 0, 0);
  }
}
