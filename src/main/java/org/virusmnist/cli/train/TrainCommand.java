package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.console.RunLog;
import org.virusmnist.cli.input.CacheOptions;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.ReadingOptions;
import org.virusmnist.cli.input.StorageOptions;
import org.virusmnist.cli.run.ConfigFile;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.run.RecordedArguments;
import org.virusmnist.cli.session.ModelOptions;
import org.virusmnist.cli.session.RecipeOptions;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.training.TrainingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole reference job: train, evaluate, draw, write down. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a SavedModel on a CSV, evaluates it on another and writes a run directory.",
      "Without options: the notebook's settings on the data and model of this repository."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist train",
      "  scripts/virus-mnist train --preset accurate",
      "  scripts/virus-mnist train --train virus-mnist/train.csv --test virus-mnist/test.csv --epochs 20",
      "  scripts/virus-mnist train --validation validation.csv --no-shuffle --run runs/parity",
      "  scripts/virus-mnist train --resume runs/parity",
      "  scripts/virus-mnist train --config runs/tune/1/best.json --seed 7",
      "  scripts/virus-mnist train --preset accurate --folds 5 --groups data/sources.csv.gz --baselines"
    })
public final class TrainCommand implements Callable<Integer> {
  private static final Logger LOG = LogManager.getLogger(TrainCommand.class);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private JsonOption json = new JsonOption();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ModelOptions modelOptions = new ModelOptions();
  @Mixin private RecipeOptions recipe = new RecipeOptions();
  @Mixin private FineTuneOptions fineTune = new FineTuneOptions();
  @Mixin private AugmentationOptions augmentation = new AugmentationOptions();
  @Mixin private EndingOptions endings = new EndingOptions();
  @Mixin private FoldOptions folds = new FoldOptions();
  @Mixin private ReadingOptions reading = new ReadingOptions();
  @Mixin private CacheOptions cache = new CacheOptions();
  @Mixin private StorageOptions storage = new StorageOptions();
  @Mixin private ResidentOptions resident = new ResidentOptions();
  @Mixin private WorstMistakes worstMistakes = new WorstMistakes();

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
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      description =
          "JSON with options by their names here, as tune writes it or a run's "
              + "config.json; what is typed beside it wins.")
  private @Nullable Path config;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Directory to write, new or empty (default: the next of runs/1, runs/2, ...).")
  private @Nullable Path run;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with a run that was interrupted, from its newest whole checkpoint, to the same result"
              + " as if nothing had happened. Its options need not be given again.")
  private @Nullable Path resume;

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  private @Nullable Path takenFrom;

  @Override
  public Integer call() throws IOException {
    if (config != null) {
      TrainCommand whole =
          ConfigFile.read(config, commandLine())
              .parse(new TrainCommand(), TrainCommand::checkOptions);
      whole.takenFrom = config;
      return whole.call();
    }
    if (resume != null) {
      return resume(resume);
    }
    checkOptions();
    return common.logged(log -> run(log, config -> OpenRun.create(run, config)));
  }

  private int resume(Path root) throws IOException {
    if (run != null) {
      throw common.usage("--run and --resume are given, expected one of them");
    }
    if (RunDirectory.isUnused(root) && !arguments().isEmpty()) {
      checkOptions();
      return common.logged(log -> startOver(log, root));
    }
    try (OpenRun begun = OpenRun.takeOver(root)) {
      TrainCommand command = begun.arguments().parse(root, commandLine(), new TrainCommand());
      command.checkOptions();
      return command.common.logged(log -> command.run(log, begun::requireSame));
    }
  }

  private void startOver(RunLog log, Path root) throws IOException {
    LOG.warn("{}: nothing of a run is there, so it is started with the options given.", root);
    run(log, config -> OpenRun.create(root, config));
  }

  private void run(RunLog log, OpenRun.Opening opening) throws IOException {
    if (folds.isOn()) {
      new CrossValidationJob(this, opening, log).run();
    } else {
      new TrainJob(common, this, opening, log).run();
    }
  }

  /** Checks what picocli cannot: options that do not go together. */
  public void checkOptions() throws IOException {
    TrainChecks checks = new TrainChecks(this);
    checks.values();
    checks.inert();
  }

  /** Returns the options of the loop over epochs, or throws naming a value out of range. */
  public TrainingOptions trainingOptions() {
    try {
      recipe.regularization(new int[0], 1);
      TrainingOptions options = recipe.training(seed, !noShuffle);
      folds.check();
      fineTune.check(options);
      augmentation.augmentation();
      endings.check(fineTune.isOn() ? fineTune.epochs() : options.epochs());
      return options;
    } catch (IllegalArgumentException e) {
      throw common.usage(String.valueOf(e.getMessage()));
    }
  }

  CommonOptions common() {
    return common;
  }

  JsonOption json() {
    return json;
  }

  /** Returns the options that name data. */
  public DataOptions data() {
    return data;
  }

  /** Returns the options of the session. */
  public ModelOptions modelOptions() {
    return modelOptions;
  }

  /** Returns the options of the caches. */
  public CacheOptions cache() {
    return cache;
  }

  StorageOptions storage() {
    return storage;
  }

  ResidentOptions resident() {
    return resident;
  }

  WorstMistakes worstMistakes() {
    return worstMistakes;
  }

  /** Returns preset, schedule and regularization. */
  public RecipeOptions recipe() {
    return recipe;
  }

  /** Returns the options of the epochs that train the base too. */
  public FineTuneOptions fineTune() {
    return fineTune;
  }

  AugmentationOptions augmentationOptions() {
    return augmentation;
  }

  EndingOptions endings() {
    return endings;
  }

  ReadingOptions reading() {
    return reading;
  }

  /** Returns the options of cross-validation. */
  public FoldOptions folds() {
    return folds;
  }

  /** Returns whether features are computed once, or in every epoch anew. */
  public boolean usesFeatureCache() {
    return !noFeatureCache;
  }

  CheckpointOptions checkpoints() {
    return checkpoints;
  }

  @Nullable Path takenFrom() {
    return takenFrom;
  }

  /** Returns the options that were typed or taken from a file. */
  public RecordedArguments arguments() {
    return RecordedArguments.typed(commandLine().getParseResult());
  }

  /**
   * Returns the options that were typed, and the size of calls that was found by trial: features
   * depend on it to the last bit, and a resumed run must not find another.
   */
  RecordedArguments argumentsToRecord() {
    Integer batch = modelOptions.fittedBatch();
    return batch == null ? arguments() : arguments().with("--inference-batch", batch.toString());
  }

  private CommandLine commandLine() {
    return common.mixee().commandLine();
  }
}
