package org.virusmnist.training;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.virusmnist.dataset.BatchPlan;
import org.virusmnist.dataset.RowOrder;
import org.virusmnist.dataset.TrainingRows;
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
  private final Phase phase;
  private final TrainingOptions options;
  private final TrainStep step;
  private final Validation validation;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;

  /** Creates a trainer of a single phase. */
  public Trainer(
      TrainingOptions options,
      TrainStep step,
      Validation validation,
      TrainingListener listener,
      LongSupplier nanoTime) {
    this(Phase.only(options), step, validation, listener, nanoTime);
  }

  /**
   * Creates a trainer.
   *
   * @param phase epochs, batch size, learning rate, order
   * @param step changes the weights
   * @param validation scores them after each epoch
   * @param listener is told of every call and every epoch
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public Trainer(
      Phase phase,
      TrainStep step,
      Validation validation,
      TrainingListener listener,
      LongSupplier nanoTime) {
    this.phase = phase;
    this.options = phase.options();
    this.step = step;
    this.validation = validation;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains for all epochs, from the first.
   *
   * @param rows number of training rows
   * @return the scores of every epoch
   * @throws IOException if validation fails
   * @throws DivergedException as soon as a call returns a loss that is not finite
   */
  public History fit(int rows) throws IOException {
    return fit(rows, TrainingState.start());
  }

  /**
   * Trains from where an earlier process stood; the weights must be those of that moment.
   *
   * @param rows number of training rows
   * @param from a state that a listener was given
   * @return the scores of every epoch, those before the state included
   * @throws IOException if validation fails, or a listener stops training
   * @throws DivergedException as soon as a call returns a loss that is not finite
   */
  public History fit(int rows, TrainingState from) throws IOException {
    return run(TrainingRows.all(rows), from).history();
  }

  /**
   * Trains as {@link #fit(int, TrainingState)} does.
   *
   * @param rows the training rows and their order
   * @param from a state that a listener was given
   * @return the state at the end of the phase
   * @throws IOException if validation fails, or a listener stops training
   * @throws DivergedException as soon as a call returns a loss that is not finite
   */
  public TrainingState run(TrainingRows rows, TrainingState from) throws IOException {
    CallSize callSize = new CallSize(options.batchSize());
    TrainingState state = from;
    while (!state.isBetweenEpochs() || phase.goesOn(state.epoch())) {
      state = runEpoch(state, rows, callSize);
    }
    return state;
  }

  private TrainingState runEpoch(TrainingState from, TrainingRows rows, CallSize callSize)
      throws IOException {
    BatchPlan plan = BatchPlan.of(order(from.epoch(), rows), options.batchSize());
    TrainingState state = from;
    while (state.step() < plan.steps()) {
      int steps = Math.min(callSize.steps(), plan.steps() - state.step());
      state = runCall(state, plan, steps, callSize);
      listener.onStepsEnd(progress(state, rows.size()));
      listener.onSafePoint(state);
    }
    return endEpoch(state, plan, rows.size());
  }

  private TrainingState runCall(TrainingState state, BatchPlan plan, int steps, CallSize callSize) {
    long start = nanoTime.getAsLong();
    StepChunk chunk = chunk(plan, state.epoch(), state.step(), steps);
    StepResults results = step.run(chunk);
    StepTotals totals = new StepTotals(state.sums());
    addAll(totals, plan, results, state);
    long nanos = nanoTime.getAsLong() - start;
    callSize.observe(steps, nanos);
    listener.onCallEnd(chunk, results);
    return new TrainingState(
        state.epoch(),
        state.step() + steps,
        totals.sums(),
        state.seconds() + nanos / 1e9,
        state.history());
  }

  private TrainingState endEpoch(TrainingState state, BatchPlan plan, int rows) throws IOException {
    Progress progress = progress(state, rows);
    Score score = validation.score();
    if (!Double.isFinite(score.loss())) {
      float rate = rate(plan, state.epoch(), state.step() - 1);
      throw DivergedException.inValidation(state, rate, score.loss(), phase.rateOption());
    }
    Epoch done =
        new Epoch(
            state.epoch(), progress.loss(), progress.accuracy(), score.loss(), score.accuracy());
    listener.onEpochEnd(done, progress);
    TrainingState next = TrainingState.atStartOf(state.epoch() + 1, state.history().append(done));
    listener.onSafePoint(next);
    return next;
  }

  private Progress progress(TrainingState state, int rows) {
    StepTotals totals = new StepTotals(state.sums());
    return new Progress(
        state.epoch(),
        phase.epochsInAll(),
        totals.rows(),
        rows,
        totals.loss(),
        totals.accuracy(),
        state.seconds());
  }

  private int[] order(int epoch, TrainingRows rows) {
    return options.shuffle()
        ? rows.shuffled(options.seed(), epoch)
        : RowOrder.sequential(rows.size());
  }

  private StepChunk chunk(BatchPlan plan, int epoch, int from, int steps) {
    float[] learningRates = new float[steps];
    for (int i = 0; i < steps; i++) {
      learningRates[i] = rate(plan, epoch, from + i);
    }
    return new StepChunk(epoch, plan.rows(from, steps), learningRates);
  }

  private float rate(BatchPlan plan, int epoch, int step) {
    return phase.rate(epoch, step, plan.steps());
  }

  private void addAll(StepTotals totals, BatchPlan plan, StepResults results, TrainingState state) {
    for (int i = 0; i < results.steps(); i++) {
      float loss = results.losses()[i];
      int step = state.step() + i;
      if (!Float.isFinite(loss)) {
        float rate = rate(plan, state.epoch(), step);
        throw DivergedException.inStep(state.epoch(), step, rate, loss, phase.rateOption());
      }
      totals.add(loss, results.correct()[i], plan.validRows(step));
    }
  }
}
