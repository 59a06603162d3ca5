package org.virusmnist.cli.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.virusmnist.training.EarlyStopping;
import org.virusmnist.training.Monitor;
import org.virusmnist.training.Plateau;
import picocli.CommandLine.Option;

/** When training ends or slows down, and which weights it ends with. */
final class EndingOptions {
  @Option(
      names = "--early-stopping",
      paramLabel = "PATIENCE",
      description =
          "End after so many epochs without improvement, and take the weights of the best epoch"
              + " (default: 0, all epochs and the last weights).")
  private int patience;

  @Option(
      names = "--monitor",
      paramLabel = "val_loss|val_accuracy|loss|accuracy",
      description = "The score that early stopping and plateaus go by (default: val_loss).")
  private @Nullable Monitor monitor;

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description =
          "Epochs without improvement until --schedule plateau lowers the rate (default: 3).")
  private @Nullable Integer plateauPatience;

  @Option(
      names = "--plateau-factor",
      paramLabel = "FACTOR",
      description = "What --schedule plateau multiplies the rate by (default: 0.5).")
  private @Nullable Float plateauFactor;

  @Option(
      names = "--average-epochs",
      paramLabel = "N",
      description =
          "End with the mean of the weights of the last N epochs (default: 0, the last weights).")
  private int averageEpochs;

  /** Throws naming the value that is out of range; {@code epochs} are those of the last phase. */
  void check(int epochs) {
    if (patience < 0) {
      throw new IllegalArgumentException("early stopping is " + patience + ", expected 0 or more");
    }
    if (averageEpochs < 0 || averageEpochs > epochs) {
      throw new IllegalArgumentException(
          "average epochs is %d, expected 0 to %d, the epochs there are"
              .formatted(averageEpochs, epochs));
    }
    if (averageEpochs > 0 && patience > 0) {
      throw new IllegalArgumentException(
          "--average-epochs and --early-stopping are given, expected one of them:"
              + " both say which weights to end with");
    }
    plateau();
  }

  /** Throws if there is an option that cannot act. */
  void refuseInert(boolean hasPlateaus) {
    if (!hasPlateaus && (plateauPatience != null || plateauFactor != null)) {
      throw new IllegalArgumentException(
          "--plateau-patience or --plateau-factor is given, expected --schedule plateau with it: no"
              + " other schedule looks for one");
    }
    if (!hasPlateaus && !stopsEarly() && monitor != null) {
      throw new IllegalArgumentException(
          "--monitor is given, expected --early-stopping or --schedule plateau with it: nothing else"
              + " goes by a score");
    }
  }

  boolean stopsEarly() {
    return patience > 0;
  }

  EarlyStopping earlyStopping(String name, Runnable onBest) {
    return new EarlyStopping(name, monitor(), patience, onBest);
  }

  Monitor monitor() {
    return Objects.requireNonNullElse(monitor, Monitor.VAL_LOSS);
  }

  Plateau.Settings plateau() {
    return new Plateau.Settings(
        Objects.requireNonNullElse(plateauPatience, 3),
        Objects.requireNonNullElse(plateauFactor, 0.5f));
  }

  int averageEpochs() {
    return averageEpochs;
  }

  /** Returns what {@code config.json} says of what is in use. */
  Map<String, Object> record(boolean hasPlateaus) {
    Map<String, Object> record = new LinkedHashMap<>();
    if (stopsEarly() || hasPlateaus) {
      record.put("monitor", monitor().name().toLowerCase(Locale.ROOT));
    }
    if (stopsEarly()) {
      record.put("early_stopping", patience);
    }
    if (hasPlateaus) {
      record.put("plateau_patience", plateau().patience());
      record.put("plateau_factor", plateau().factor());
    }
    if (averageEpochs > 0) {
      record.put("average_epochs", averageEpochs);
    }
    return record;
  }
}
