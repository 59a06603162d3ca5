package org.virusmnist.cli.train;

import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.training.Schedule;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.ParameterException;

/**
 * What {@code train} refuses, by what has to be known for that: options alone, the model, the
 * device, the rows.
 *
 * @param command the options
 */
public record TrainChecks(TrainCommand command) {
  private static final Logger LOG = LogManager.getLogger(TrainChecks.class);

  /**
   * Checks values that are wrong whatever the other options of a trial may be.
   *
   * @throws ParameterException naming the option
   */
  public void values() throws IOException {
    command.checkpoints().check();
    command.data().check(command.folds().isOn());
    command.data().splitUnlessAsked(command.recipe().preset().validationSplit());
    if (trainsBase()) {
      command.modelOptions().trainBase();
    }
    command.trainingOptions();
    command.worstMistakes().check();
    command.resident().maxBytes();
    if (command.folds().isOn()) {
      command.storage().requireMemory("--folds");
    }
    if (command.folds().hasBaselines()) {
      command.storage().requireMemory("--baselines");
    }
    command.modelOptions().settings();
    if (!command.usesFeatureCache()) {
      command.modelOptions().requireFloat32("--no-feature-cache");
    }
  }

  /**
   * Refuses options that would do nothing, since what they are about was not asked for.
   *
   * @throws ParameterException naming the option and the one that is missing
   */
  public void inert() {
    boolean hasPlateaus = command.trainingOptions().schedule().shape() == Schedule.Shape.PLATEAU;
    try {
      command.folds().refuseInert();
      command.fineTune().refuseInert();
      command.augmentationOptions().check(trainsBase(), command.resident().isAskedFor());
      command.endings().refuseInert(hasPlateaus);
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
  }

  private boolean trainsBase() {
    return !command.usesFeatureCache() || command.fineTune().isOn();
  }

  /** Refuses what the device that is used cannot promise. */
  public void device(UsedDevice device) {
    command.modelOptions().requirePromise(device.name(), command.fineTune().isOn());
  }

  /** Refuses options that a model cannot follow; throws {@code IOException} if it is unreadable. */
  public void model(ModelOpening model) throws IOException {
    command.reading().check(model.classCount());
    try {
      command.fineTune().requireCan(model.file());
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
  }

  /**
   * Refuses a warm-up that was asked for and is longer than a phase of training; warns of one that
   * a preset brings along.
   *
   * @param trainRows rows that are trained on
   */
  public void steps(int trainRows) {
    TrainingOptions head = command.trainingOptions();
    requireWarmup(head, trainRows, "the steps there are");
    if (command.fineTune().isOn()) {
      requireWarmup(command.fineTune().training(head), trainRows, "the steps of fine-tuning");
    }
  }

  private void requireWarmup(TrainingOptions phase, int trainRows, String which) {
    long batches = (trainRows + phase.batchSize() - 1L) / phase.batchSize();
    long steps = batches * phase.epochs();
    int warmup = phase.schedule().warmupSteps();
    if (warmup <= steps) {
      return;
    }
    String problem =
        "--warmup-steps is %d, expected at most %d, %s: the learning rate would never reach %s"
            .formatted(warmup, steps, which, phase.learningRate());
    if (command.recipe().isWarmupAskedFor()) {
      throw command.common().usage(problem);
    }
    LOG.warn("{}", problem);
  }

  private ParameterException usage(IllegalArgumentException e) {
    return command.common().usage(String.valueOf(e.getMessage()));
  }
}
