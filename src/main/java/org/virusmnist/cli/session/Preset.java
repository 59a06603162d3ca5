package org.virusmnist.cli.session;

import java.nio.file.Path;
import org.virusmnist.cli.input.Home;
import org.virusmnist.training.Schedule;
import org.virusmnist.training.TrainingOptions;

/** A recipe under one name; every option given beside it takes precedence. */
@SuppressWarnings("ImmutableEnumChecker") // its fields are records of plain values
public enum Preset {
  /** The notebook's model and settings, for good. */
  NOTEBOOK(
      "mobilenetv2-32",
      0.33,
      new TrainingOptions(10, 32, 0.001f, 42, true),
      new RecipeOptions.Penalties(0, 0, 0)),

  /** The notebook's model, trained until it has learnt what it can. */
  FAST(
      "mobilenetv2-32",
      0.1,
      new TrainingOptions(20, 64, 0.003f, 42, true, new Schedule(Schedule.Shape.COSINE, 50)),
      new RecipeOptions.Penalties(0, 0, 0)),

  /** Bytes read as symbols beside MobileNetV2 at 96 pixels: docs/accuracy.md. */
  ACCURATE(
      "accurate",
      0.05,
      new TrainingOptions(25, 64, 0.002f, 42, true, new Schedule(Schedule.Shape.COSINE, 50)),
      new RecipeOptions.Penalties(0.3f, 0.05f, 0.02f));

  private final String model;
  private final double validationSplit;
  private final TrainingOptions training;
  private final RecipeOptions.Penalties penalties;

  Preset(
      String model,
      double validationSplit,
      TrainingOptions training,
      RecipeOptions.Penalties penalties) {
    this.model = model;
    this.validationSplit = validationSplit;
    this.training = training;
    this.penalties = penalties;
  }

  /** Returns the SavedModel of this preset. */
  public Path model() {
    return Home.resolve("savedmodel").resolve(model);
  }

  /** Returns the share of the training rows to validate on, 0 to 1. */
  public double validationSplit() {
    return validationSplit;
  }

  TrainingOptions training() {
    return training;
  }

  RecipeOptions.Penalties penalties() {
    return penalties;
  }
}
