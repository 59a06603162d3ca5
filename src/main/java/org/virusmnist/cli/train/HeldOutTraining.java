package org.virusmnist.cli.train;

import java.io.IOException;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.StopSignals;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.cli.session.TestScores;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.model.Weights;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/**
 * Trains an open model again and again, each time from the weights it was exported with, and scores
 * rows that were held out. Nothing is written: what was interrupted starts over.
 *
 * @param model an open model, which stays the caller's
 * @param fresh its weights as exported
 * @param features of whole files, computed once for all trainings; they stay the caller's
 * @param common log, progress bar and signals of the verb that is running
 */
public record HeldOutTraining(
    ClassifierModel model, Weights fresh, FeatureSource features, CommonOptions common) {

  /**
   * What came of a training.
   *
   * @param history its epochs
   * @param test scores of the rows held out
   * @param scaled their calibration, with a temperature fitted on the validation rows
   */
  public record Result(History history, TestScores test, Scaled scaled) {}

  /** Trains once with the options of a command and scores {@code rows.test()}. */
  public Result run(TrainCommand command, DataOptions.Rows rows, TrainingListener listener)
      throws IOException {
    TrainingOptions options = command.trainingOptions();
    new WeightAccess(model).assign(fresh);
    model.initialize(options.seed());
    Training.Means means =
        new Training.Means(
            new InferenceRunner(command.modelOptions(), common),
            TrainingStorage.inMemory(command.cache()),
            features::lent);
    Training training = new Training(command, model, rows, options, means);
    Training.Trained trained = train(training, listener);
    try (HeadTraining head = trained.rows()) {
      TestScores test = TestScores.of(head, rows);
      return new Result(
          trained.state().history(), test, Outcome.scaled(head, command.data(), rows, test));
    }
  }

  private Training.Trained train(Training training, TrainingListener listener) throws IOException {
    StopSignals stop = common.stopSignals();
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void onSafePoint(TrainingState state) {
            stop.throwIfRequested();
          }
        };
    boolean wasAttended = stop.attend(true);
    try {
      TrainingListener all = TrainingListener.all(listener, stopping);
      return training.run(TrainingState.start(), all, hasFeatures -> {});
    } finally {
      stop.attend(wasAttended);
    }
  }
}
