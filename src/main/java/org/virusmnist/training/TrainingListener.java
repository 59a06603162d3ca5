package org.virusmnist.training;

import java.io.IOException;
import java.util.List;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.StepResults;

/** Is told how training goes; every method does nothing unless overridden. */
public interface TrainingListener {
  /**
   * A call is done; {@link #onStepsEnd} follows.
   *
   * @param chunk what its steps were trained on
   * @param results what each step reported
   */
  default void onCallEnd(StepChunk chunk, StepResults results) {}

  /**
   * Some steps of an epoch are done.
   *
   * @param progress how far the epoch is and its running means
   */
  default void onStepsEnd(Progress progress) {}

  /**
   * An epoch is done, validation included.
   *
   * @param epoch its scores
   * @param progress rows and speed of the epoch
   */
  default void onEpochEnd(Epoch epoch, Progress progress) {}

  /**
   * The weights and this state belong together: training may be written down or stopped here, by
   * throwing. Called after every call, and after every epoch once it has been validated.
   *
   * @param state where training stands
   * @throws IOException to stop
   */
  default void onSafePoint(TrainingState state) throws IOException {}

  /**
   * Tells several listeners, one after the other.
   *
   * @param listeners the listeners, in order
   * @return a listener that passes everything on
   */
  static TrainingListener all(TrainingListener... listeners) {
    List<TrainingListener> copy = List.of(listeners);
    return new TrainingListener() {
      @Override
      public void onCallEnd(StepChunk chunk, StepResults results) {
        copy.forEach(listener -> listener.onCallEnd(chunk, results));
      }

      @Override
      public void onStepsEnd(Progress progress) {
        copy.forEach(listener -> listener.onStepsEnd(progress));
      }

      @Override
      public void onEpochEnd(Epoch epoch, Progress progress) {
        copy.forEach(listener -> listener.onEpochEnd(epoch, progress));
      }

      @Override
      public void onSafePoint(TrainingState state) throws IOException {
        for (TrainingListener listener : copy) {
          listener.onSafePoint(state);
        }
      }
    };
  }

  /**
   * Where an epoch stands.
   *
   * @param epoch the epoch, from 0
   * @param epochs number of epochs of the whole training
   * @param rowsDone rows of this epoch that were trained on
   * @param rows rows of an epoch
   * @param loss row-weighted mean of the losses of this epoch's steps so far
   * @param accuracy share of the rows done that were classified correctly when their step ran
   * @param seconds time since the epoch began, validation excluded
   */
  record Progress(
      int epoch,
      int epochs,
      long rowsDone,
      long rows,
      double loss,
      double accuracy,
      double seconds) {

    /**
     * Returns the speed of training.
     *
     * @return rows per second, 0 before any time has passed
     */
    public double imagesPerSecond() {
      return seconds > 0 ? rowsDone / seconds : 0;
    }
  }
}
