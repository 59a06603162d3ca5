package org.virusmnist.cli.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.virusmnist.model.BaseTraining;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.Option;

/** Whether and how the base is trained too, after the head. */
public final class FineTuneOptions {
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

  @Option(
      names = "--base-learning-rate",
      paramLabel = "RATE",
      description = {
        "The base's own learning rate in those epochs; --fine-tune-learning-rate is then the head's",
        "(default: the same)."
      })
  private @Nullable Float baseLearningRate;

  @Option(
      names = "--fine-tune-blocks",
      paramLabel = "N",
      description = {
        "Train the last N blocks of the base alone. MobileNetV2 has 19: Conv1, expanded_conv, block_1",
        "to block_16, Conv_1; 5 are block_13 and what follows (default: all)."
      })
  private @Nullable Integer blocks;

  boolean isOn() {
    return epochs > 0;
  }

  /** Returns the epochs in which the base is trained too, 0 for none. */
  public int epochs() {
    return epochs;
  }

  /** Returns how the base is trained, or null if as the head is. */
  @Nullable BaseTraining base() {
    return baseLearningRate == null && blocks == null
        ? null
        : BaseTraining.atRate(
            Objects.requireNonNullElse(baseLearningRate, learningRate),
            learningRate,
            Objects.requireNonNullElse(blocks, BaseTraining.ALL_BLOCKS));
  }

  /** Refuses a model that cannot do what is asked for, before anything is computed. */
  void requireCan(SavedModelFile model) {
    if (base() != null && !model.canTrainParts()) {
      throw new IllegalArgumentException(
          "--base-learning-rate or --fine-tune-blocks is given, but %s has no signature"
                  .formatted(model.directory())
              + " 'fine_tune_parts'. Re-export it with scripts/export_savedmodel.py, or leave the"
              + " option out");
    }
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
    checkBase();
  }

  private void checkBase() {
    if (!isOn() && (baseLearningRate != null || blocks != null)) {
      throw new IllegalArgumentException(
          "--base-learning-rate or --fine-tune-blocks is given, expected --fine-tune-epochs with"
              + " it: the base is not trained without");
    }
    if (baseLearningRate != null
        && (!(baseLearningRate > 0) || Float.isInfinite(baseLearningRate))) {
      throw new IllegalArgumentException(
          "base learning rate is %s, expected a finite number above 0".formatted(baseLearningRate));
    }
    if (blocks != null && blocks < 1) {
      throw new IllegalArgumentException(
          "fine-tune blocks is %d, expected 1 or more".formatted(blocks));
    }
  }

  /** Returns what {@code config.json} says of it; nothing when the base stays as it is. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (isOn()) {
      record.put("fine_tune_epochs", epochs);
      record.put("fine_tune_learning_rate", learningRate);
    }
    if (baseLearningRate != null) {
      record.put("base_learning_rate", baseLearningRate);
    }
    if (blocks != null) {
      record.put("fine_tune_blocks", blocks);
    }
    return record;
  }
}
