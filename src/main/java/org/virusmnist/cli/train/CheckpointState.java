package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.StepTotals;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.training.TrainingState;

/**
 * {@code state.json} of a checkpoint: all that is not in the weights. Floating-point numbers are
 * hexadecimal text, so that they come back to the bit.
 *
 * @param format version of this file's content
 * @param identity what decides the result of the run: options, hashes of data and model
 * @param epoch the epoch that is running, from 0
 * @param step its steps that are done
 * @param weightedLoss sum over those steps of loss times rows
 * @param rows rows of those steps
 * @param correct rows that were right
 * @param seconds time those steps took
 * @param history the epochs before
 * @param parts what schedules, early stopping and the like remember, by name
 * @param logBytes length of the run's log
 */
record CheckpointState(
    int format,
    Map<String, String> identity,
    int epoch,
    int step,
    String weightedLoss,
    long rows,
    long correct,
    String seconds,
    List<HexEpoch> history,
    Map<String, Map<String, String>> parts,
    long logBytes) {
  static final String FILE = "state.json";
  private static final int FORMAT = 1;

  /** The scores of an epoch. */
  record HexEpoch(int epoch, String loss, String accuracy, String valLoss, String valAccuracy) {
    static HexEpoch of(Epoch epoch) {
      return new HexEpoch(
          epoch.epoch(),
          Double.toHexString(epoch.loss()),
          Double.toHexString(epoch.accuracy()),
          Double.toHexString(epoch.valLoss()),
          Double.toHexString(epoch.valAccuracy()));
    }

    Epoch toEpoch() {
      return new Epoch(
          epoch,
          Double.parseDouble(loss),
          Double.parseDouble(accuracy),
          Double.parseDouble(valLoss),
          Double.parseDouble(valAccuracy));
    }
  }

  static CheckpointState of(
      TrainingState state,
      Map<String, String> identity,
      Map<String, Map<String, String>> parts,
      long logBytes) {
    return new CheckpointState(
        FORMAT,
        identity,
        state.epoch(),
        state.step(),
        Double.toHexString(state.sums().weightedLoss()),
        state.sums().rows(),
        state.sums().correct(),
        Double.toHexString(state.seconds()),
        state.history().epochs().stream().map(HexEpoch::of).toList(),
        parts,
        logBytes);
  }

  static CheckpointState read(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(FILE);
    CheckpointState state = ConfigJson.read(file, CheckpointState.class);
    if (state.format() != FORMAT) {
      throw new IOException(
          "%s: format is %d, expected %d. Resume with the version of virus-mnist that wrote it."
              .formatted(file, state.format(), FORMAT));
    }
    return state;
  }

  void write(Path checkpoint) throws IOException {
    ConfigJson.write(checkpoint.resolve(FILE), this);
  }

  TrainingState toTrainingState() {
    return new TrainingState(
        epoch,
        step,
        new StepTotals.Sums(Double.parseDouble(weightedLoss), rows, correct),
        Double.parseDouble(seconds),
        new History(history.stream().map(HexEpoch::toEpoch).toList()));
  }

  /** Whether the weights here are those of a step, or come after it. */
  boolean isAtOrAfter(int otherEpoch, int otherStep) {
    return epoch > otherEpoch || (epoch == otherEpoch && step >= otherStep);
  }
}
