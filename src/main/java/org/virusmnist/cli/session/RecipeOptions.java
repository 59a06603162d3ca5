package org.virusmnist.cli.session;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ClassWeights;
import org.virusmnist.model.Regularization;
import org.virusmnist.training.Schedule;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.Option;

/** What to train, how long and against what: a preset, and options that take its place. */
public final class RecipeOptions {
  @Option(
      names = "--preset",
      paramLabel = "notebook|fast|accurate",
      description =
          "Model and settings under one name; options given beside it win (default: notebook).")
  private Preset preset = Preset.NOTEBOOK;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "SavedModel to start from (default: the preset's, savedmodel/mobilenetv2-32).")
  private @Nullable Path model;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the rows (default: the preset's, 10).")
  private @Nullable Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Rows of a step (default: the preset's, 32).")
  private @Nullable Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Adam's learning rate (default: the preset's, 0.001).")
  private @Nullable Float learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "constant|cosine|plateau",
      description = "Course of the learning rate over all steps (default: the preset's, constant).")
  private Schedule.@Nullable Shape schedule;

  @Option(
      names = "--warmup-steps",
      paramLabel = "N",
      description =
          "Steps in which the learning rate rises from near zero (default: the preset's, 0).")
  private @Nullable Integer warmupSteps;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Share of the head's inputs set to zero in a step (default: the preset's, 0).")
  private @Nullable Float dropout;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "Share of a label spread over all classes (default: the preset's, 0).")
  private @Nullable Float labelSmoothing;

  @Option(
      names = "--weight-decay",
      paramLabel = "RATE",
      description =
          "Decoupled weight decay, relative to the learning rate (default: the preset's, 0).")
  private @Nullable Float weightDecay;

  @Option(
      names = "--class-weights",
      paramLabel = "none|balanced",
      description = "balanced lets every class weigh the same in the loss (default: none).")
  private ClassBalance classBalance = ClassBalance.NONE;

  /** Whether rare classes weigh more. */
  enum ClassBalance {
    NONE,
    BALANCED
  }

  /**
   * What a preset adds to plain cross-entropy.
   *
   * @param dropout share of the head's inputs set to zero
   * @param labelSmoothing share of a label spread over all classes
   * @param weightDecay decoupled weight decay, relative to the learning rate
   */
  record Penalties(float dropout, float labelSmoothing, float weightDecay) {}

  /** Returns the preset that was asked for. */
  public Preset preset() {
    return preset;
  }

  /** Returns the SavedModel to train: the one named, or the preset's. */
  public Path model() {
    return model == null ? preset.model() : model;
  }

  /** Returns whether warm-up was asked for by an option of its own, not by a preset alone. */
  public boolean isWarmupAskedFor() {
    return warmupSteps != null;
  }

  /** Returns the settings of the epoch loop, or throws naming the value that is out of range. */
  public TrainingOptions training(long seed, boolean shuffle) {
    TrainingOptions usual = preset.training();
    return new TrainingOptions(
        Objects.requireNonNullElse(epochs, usual.epochs()),
        Objects.requireNonNullElse(batchSize, usual.batchSize()),
        Objects.requireNonNullElse(learningRate, usual.learningRate()),
        seed,
        shuffle,
        new Schedule(
            Objects.requireNonNullElse(schedule, usual.schedule().shape()),
            Objects.requireNonNullElse(warmupSteps, usual.schedule().warmupSteps())));
  }

  /** Returns what is added to cross-entropy; {@code labels} are those of the training rows. */
  public Regularization regularization(int[] labels, int classCount) {
    float[] weights =
        classBalance == ClassBalance.BALANCED
            ? ClassWeights.balanced(labels, classCount)
            : Regularization.none(classCount).classWeights();
    Penalties penalties = penalties();
    return new Regularization(
        penalties.dropout(), penalties.labelSmoothing(), penalties.weightDecay(), weights);
  }

  private Penalties penalties() {
    Penalties usual = preset.penalties();
    return new Penalties(
        Objects.requireNonNullElse(dropout, usual.dropout()),
        Objects.requireNonNullElse(labelSmoothing, usual.labelSmoothing()),
        Objects.requireNonNullElse(weightDecay, usual.weightDecay()));
  }

  /** Returns what {@code config.json} says beside the settings of the epoch loop. */
  public Map<String, Object> record(Schedule chosen) {
    Map<String, Object> record = new LinkedHashMap<>();
    Penalties penalties = penalties();
    record.put("preset", lowerCase(preset));
    record.put("schedule", lowerCase(chosen.shape()));
    record.put("warmup_steps", chosen.warmupSteps());
    record.put("dropout", penalties.dropout());
    record.put("label_smoothing", penalties.labelSmoothing());
    record.put("weight_decay", penalties.weightDecay());
    record.put("class_weights", lowerCase(classBalance));
    return record;
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
