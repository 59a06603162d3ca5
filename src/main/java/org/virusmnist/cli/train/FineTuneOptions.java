package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.virusmnist.model.BaseTraining;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.JsonTree;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.Option;

/** Whether and how the base is trained too, after the head. */
public final class FineTuneOptions {
  private static final float USUAL_LEARNING_RATE = 1e-4f;

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description =
          "Epochs of training base and head together, after those of the head alone (default: 0)."
              + " The base runs in every step: a hundred times the cost of an epoch of the head.")
  private int epochs;

  @Option(
      names = "--fine-tune-learning-rate",
      paramLabel = "RATE",
      description = "Adam's learning rate in those epochs (default: 0.0001).")
  private @Nullable Float learningRate;

  @Option(
      names = "--base-learning-rate",
      paramLabel = "RATE",
      description =
          "The base's own learning rate in those epochs; --fine-tune-learning-rate is then the head's"
              + " (default: the same).")
  private @Nullable Float baseLearningRate;

  @Option(
      names = "--fine-tune-blocks",
      paramLabel = "N",
      description =
          "Train the last N blocks of the base alone. MobileNetV2 has 19: Conv1, expanded_conv, block_1"
              + " to block_16, Conv_1; 5 are block_13 and what follows (default: all).")
  private @Nullable Integer blocks;

  boolean isOn() {
    return epochs > 0;
  }

  /** Returns the epochs in which the base is trained too, 0 for none. */
  public int epochs() {
    return epochs;
  }

  private float learningRate() {
    return Objects.requireNonNullElse(learningRate, USUAL_LEARNING_RATE);
  }

  /** Returns how the base is trained, or null if as the head is. */
  @Nullable BaseTraining base() {
    return baseLearningRate == null && blocks == null
        ? null
        : BaseTraining.atRate(
            Objects.requireNonNullElse(baseLearningRate, learningRate()),
            learningRate(),
            Objects.requireNonNullElse(blocks, BaseTraining.ALL_BLOCKS));
  }

  /** Refuses a model that cannot do what is asked for, before anything is computed. */
  void requireCan(SavedModelFile model) throws IOException {
    if (base() != null && !model.canTrainParts()) {
      throw new IllegalArgumentException(
          "--base-learning-rate or --fine-tune-blocks is given, but %s has no signature"
                  .formatted(model.directory())
              + " 'fine_tune_parts'. Re-export it with scripts/export_savedmodel.py, or leave the"
              + " option out");
    }
    int count = blocksOf(model.directory());
    if (blocks != null && count > 0 && blocks > count) {
      throw new IllegalArgumentException(
          "fine-tune blocks is %d, expected 1 to %d, the blocks that %s has"
              .formatted(blocks, count, model.directory()));
    }
  }

  /** Returns how many blocks a model says it has, 0 if it says nothing. */
  private static int blocksOf(Path model) throws IOException {
    Path contract = model.resolve("contract.json");
    return Files.isRegularFile(contract)
        ? new JsonTree(ConfigJson.read(contract)).at("blocks").list().size()
        : 0;
  }

  /** Returns the settings of those epochs: the head's, but for their number and the rate. */
  TrainingOptions training(TrainingOptions head) {
    return new TrainingOptions(
        epochs, head.batchSize(), learningRate(), head.seed(), head.shuffle(), head.schedule());
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

  /** Throws if there is an option that cannot act. */
  void refuseInert() {
    if (!isOn() && (learningRate != null || baseLearningRate != null || blocks != null)) {
      throw new IllegalArgumentException(
          "%s is given, expected --fine-tune-epochs with it: the base is not trained without"
              .formatted(
                  learningRate == null
                      ? "--base-learning-rate or --fine-tune-blocks"
                      : "--fine-tune-learning-rate"));
    }
  }

  private void checkBase() {
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
      record.put("fine_tune_learning_rate", learningRate());
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
