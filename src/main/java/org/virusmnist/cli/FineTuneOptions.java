package org.virusmnist.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.Option;

/** Whether and how the base is trained too, after the head. */
final class FineTuneOptions {
  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description = {
        "Epochs of training base and head together, after those of the head alone (default: 0).",
        "The base runs in every step: a hundred times the cost of an epoch of the head."
      })
  private int epochs;

  @Option(
      names = "--fine-tune-learning-rate",
      paramLabel = "RATE",
      description = "Adam's learning rate in those epochs (default: 0.0001).")
  private float learningRate = 1e-4f;

  boolean isOn() {
    return epochs > 0;
  }

  int epochs() {
    return epochs;
  }

  /** Returns the settings of those epochs: the head's, but for their number and the rate. */
  TrainingOptions training(TrainingOptions head) {
    return new TrainingOptions(
        epochs, head.batchSize(), learningRate, head.seed(), head.shuffle(), head.schedule());
  }

  /** Throws naming the value that is out of range. */
  void check(TrainingOptions head) {
    if (epochs < 0) {
      throw new IllegalArgumentException("fine-tune epochs is " + epochs + ", expected 0 or more");
    }
    if (isOn()) {
      try {
        training(head);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("fine-tuning: " + e.getMessage(), e);
      }
    }
  }

  /** Returns what {@code config.json} says of it; nothing when the base stays as it is. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (isOn()) {
      record.put("fine_tune_epochs", epochs);
      record.put("fine_tune_learning_rate", learningRate);
    }
    return record;
  }
}
