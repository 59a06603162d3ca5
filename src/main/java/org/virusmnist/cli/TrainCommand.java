package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The whole reference job: train, evaluate, draw, write down. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains the head of a SavedModel on a CSV, evaluates it on another and writes a run directory.",
      "Without options: the notebook's settings on the data and model of this repository."
    },
    footer = {
      "",
      "Examples:",
      "  virus-mnist train",
      "  virus-mnist train --preset accurate",
      "  virus-mnist train --train virus-mnist/train.csv --test virus-mnist/test.csv --epochs 20",
      "  virus-mnist train --validation validation.csv --no-shuffle --run runs/parity"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ModelOptions modelOptions = new ModelOptions();
  @Mixin private RecipeOptions recipe = new RecipeOptions();
  @Mixin private CacheOptions cache = new CacheOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seeds the head, the split and the order of rows (default: 42).")
  private long seed = TrainingOptions.defaults().seed();

  @Option(names = "--no-shuffle", description = "Take the rows in file order in every epoch.")
  private boolean noShuffle;

  @Option(
      names = "--no-feature-cache",
      description = "Run the frozen base in every step instead of once per image.")
  private boolean noFeatureCache;

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description = "Not available yet; 0 only (default: 0).")
  private int fineTuneEpochs;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Directory to write, new or empty (default: the next of runs/1, runs/2, ...).")
  private @Nullable Path run;

  @Option(names = "--resume", paramLabel = "DIR", description = "Not available yet.")
  private @Nullable Path resume;

  /** Runs the job. */
  @Override
  public Integer call() throws IOException {
    refuseWhatIsNotThereYet();
    data.splitUnlessAsked(recipe.preset().validationSplit());
    TrainingOptions options = trainingOptions();
    modelOptions.settings();
    return common.logged(log -> new TrainJob(common, this, options, log).run());
  }

  private void refuseWhatIsNotThereYet() {
    if (fineTuneEpochs != 0) {
      throw usage("--fine-tune-epochs is " + fineTuneEpochs + ", expected 0: not available yet");
    }
    if (resume != null) {
      throw usage("--resume is not available yet, expected a new run");
    }
  }

  private TrainingOptions trainingOptions() {
    try {
      recipe.regularization(new int[0], 1);
      return recipe.training(seed, !noShuffle);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(common.mixee().commandLine(), message);
  }

  DataOptions data() {
    return data;
  }

  ModelOptions modelOptions() {
    return modelOptions;
  }

  CacheOptions cache() {
    return cache;
  }

  Path model() {
    return recipe.model();
  }

  RecipeOptions recipe() {
    return recipe;
  }

  boolean usesFeatureCache() {
    return !noFeatureCache;
  }

  RunDirectory createRun() throws IOException {
    return run == null ? RunDirectory.createNumbered(Path.of("runs")) : RunDirectory.create(run);
  }
}
