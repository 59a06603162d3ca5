package org.virusmnist.training;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.virusmnist.dataset.BatchPlan;
import org.virusmnist.dataset.RowOrder;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.StepTotals;
import org.virusmnist.training.TrainingListener.Progress;

/**
 * The loop of Keras's {@code fit}: epochs of steps, validation after each epoch.
 *
 * <p>Steps run inside the graph, many to a call; how many does not change any result. A history
 * loss is the row-weighted mean of the step losses, as in Keras.
 */
public final class Trainer {
  private final TrainingOptions options;
  private final TrainStep step;
  private final Validation validation;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;

  /**
   * Creates a trainer.
   *
   * @param options epochs, batch size, learning rate, order
   * @param step changes the weights
   * @param validation scores them after each epoch
   * @param listener is told of every call and every epoch
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public Trainer(
      TrainingOptions options,
      TrainStep step,
      Validation validation,
      TrainingListener listener,
      LongSupplier nanoTime) {
    this.options = options;
    this.step = step;
    this.validation = validation;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains for all epochs.
   *
   * @param rows number of training rows
   * @return the scores of every epoch
   * @throws IOException if validation fails
   * @throws DivergedException as soon as a call returns a loss that is not finite
   */
  public History fit(int rows) throws IOException {
    History history = History.empty();
    CallSize callSize = new CallSize();
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Progress progress = runEpoch(epoch, rows, callSize);
      Score score = validation.score();
      Epoch done =
          new Epoch(epoch, progress.loss(), progress.accuracy(), score.loss(), score.accuracy());
      history = history.append(done);
      listener.onEpochEnd(done, progress);
    }
    return history;
  }

  private Progress runEpoch(int epoch, int rows, CallSize callSize) {
    BatchPlan plan = BatchPlan.of(order(epoch, rows), options.batchSize());
    StepTotals totals = new StepTotals();
    long start = nanoTime.getAsLong();
    Progress progress = progress(epoch, rows, totals, 0);
    int from = 0;
    while (from < plan.steps()) {
      int steps = Math.min(callSize.steps(), plan.steps() - from);
      long callStart = nanoTime.getAsLong();
      StepResults results = step.run(chunk(plan, epoch, from, steps));
      long now = nanoTime.getAsLong();
      addAll(totals, plan, results, epoch, from);
      callSize.observe(steps, now - callStart);
      progress = progress(epoch, rows, totals, now - start);
      listener.onStepsEnd(progress);
      from += steps;
    }
    return progress;
  }

  private Progress progress(int epoch, int rows, StepTotals totals, long nanos) {
    return new Progress(
        epoch,
        options.epochs(),
        totals.rows(),
        rows,
        totals.loss(),
        totals.accuracy(),
        nanos / 1e9);
  }

  private int[] order(int epoch, int rows) {
    return options.shuffle()
        ? RowOrder.shuffled(rows, options.seed(), epoch)
        : RowOrder.sequential(rows);
  }

  private StepChunk chunk(BatchPlan plan, int epoch, int from, int steps) {
    float[] learningRates = new float[steps];
    for (int i = 0; i < steps; i++) {
      learningRates[i] = rate(plan, epoch, from + i);
    }
    return new StepChunk(plan.rows(from, steps), learningRates);
  }

  private float rate(BatchPlan plan, int epoch, int step) {
    long steps = (long) options.epochs() * plan.steps();
    long done = (long) epoch * plan.steps() + step;
    return options.schedule().rate(options.learningRate(), done, steps);
  }

  private void addAll(StepTotals totals, BatchPlan plan, StepResults results, int epoch, int from) {
    for (int i = 0; i < results.steps(); i++) {
      float loss = results.losses()[i];
      if (!Float.isFinite(loss)) {
        throw new DivergedException(epoch, from + i, rate(plan, epoch, from + i), loss);
      }
      totals.add(loss, results.correct()[i], plan.validRows(from + i));
    }
  }
}
