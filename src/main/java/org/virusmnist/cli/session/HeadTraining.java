package org.virusmnist.cli.session;

import java.io.IOException;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.HeadSteps;

/** A model and the tensors of its training and validation rows, ready for the epoch loop. */
public interface HeadTraining extends AutoCloseable {
  /** Runs training steps of an epoch, which counts from 0. */
  StepResults train(HeadSteps steps, int epoch);

  /** Scores the present weights on the validation rows. */
  Score scoreValidation() throws IOException;

  /** Scores the present weights on the training rows. */
  Score scoreTraining() throws IOException;

  /** Calibrates the present weights on the validation rows. */
  TemperatureScaling fitTemperature() throws IOException;

  /** Scores the present weights on the test rows, chunk by chunk in their order. */
  void scoreTest(InferenceRunner.ScoreSink sink) throws IOException;

  /** Frees the tensors; the model stays open. */
  @Override
  void close();
}
