package org.virusmnist.cli.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.run.ConfigFile;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.run.RecordedArguments;
import org.virusmnist.cli.train.TrainOptions;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.tuning.Objective;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches over options of {@code train}. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = TrainOptions.class,
    description = {
      "Searches over options of train: every trial trains a model and is scored on the validation"
          + " rows, or with --folds on rows held out. The test file is never read.",
      "Features are computed once for all trials. Options of train that are given here hold for every"
          + " trial. What comes out is a table, a chart, and best.json, which train --config takes."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist tune --groups data/sources.csv.gz",
      "  scripts/virus-mnist tune --search learning-rate=0.001..0.01 --search dropout=0,0.2 --trials 30",
      "  scripts/virus-mnist tune --strategy halving --trials 81 --epochs 27 --folds 3 --groups groups.csv",
      "  scripts/virus-mnist tune --resume runs/tune/1"
    })
public final class TuneCommand implements Callable<Integer> {
  /** What matters most to a head on features that do not change. */
  private static final List<String> USUAL_SEARCH =
      List.of(
          "learning-rate=0.0003..0.03",
          "batch-size=16,32,64,128",
          "dropout=0,0.2,0.5",
          "label-smoothing=0,0.05,0.1",
          "weight-decay=0,0.02,0.1",
          "schedule=constant,cosine");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--search",
      paramLabel = "OPTION=VALUES",
      description =
          "An option of train and its values: dropout=0,0.2,0.5 to choose from, "
              + "learning-rate=0.0003..0.01 to draw from. A range that spans a factor of ten "
              + "or more is drawn on a logarithmic scale; :log or :linear at its end says "
              + "which. Given again for each option (default: rate, batch size, dropout, "
              + "smoothing, decay and schedule).")
  private List<String> search = new ArrayList<>();

  @Option(
      names = "--strategy",
      paramLabel = "random|halving",
      description =
          "random gives every trial all epochs; halving gives all a few and the best "
              + "third, again and again, three times as many, up to all epochs (default: "
              + "random).")
  private Strategy strategy = Strategy.RANDOM;

  @Option(names = "--trials", paramLabel = "N", description = "Settings to try (default: 20).")
  private int trials = 20;

  @Option(
      names = "--objective",
      paramLabel = "accuracy|macro_f1|loss",
      description = "The score that makes a trial the best (default: accuracy).")
  private Objective objective = Objective.ACCURACY;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seeds the settings drawn, and training in every trial (default: 42).")
  private long seed = TrainingOptions.defaults().seed();

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      description = "JSON with options that hold for every trial; what is typed beside it wins.")
  private @Nullable Path config;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Directory to write, new or empty (default: the next of runs/tune/1, ...).")
  private @Nullable Path run;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with a search that was interrupted, to the same result. A trial that "
              + "was running starts over. Options need not be given again.")
  private @Nullable Path resume;

  /** How epochs are shared out. */
  enum Strategy {
    RANDOM,
    HALVING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Runs the search. */
  @Override
  public Integer call() throws IOException {
    if (config != null) {
      return ConfigFile.read(config, commandLine())
          .parse(new TuneCommand(), TuneCommand::plan)
          .call();
    }
    if (resume != null) {
      return resume(resume);
    }
    TunePlan plan = plan();
    Path parent = Path.of("runs", "tune");
    return common.logged(
        log -> new TuneJob(this, plan, now -> OpenRun.create(run, parent, now), log).run());
  }

  private int resume(Path root) throws IOException {
    if (run != null) {
      throw common.usage("--run and --resume are given, expected one of them");
    }
    try (OpenRun begun = OpenRun.takeOver(root)) {
      TuneCommand command = begun.arguments().parse(root, commandLine(), new TuneCommand());
      TunePlan plan = command.plan();
      return command.common.logged(
          log -> new TuneJob(command, plan, begun::requireSame, log).run());
    }
  }

  /** Draws all trials, and refuses what {@code train} would refuse. */
  public TunePlan plan() throws IOException {
    return TunePlan.of(this);
  }

  CommonOptions common() {
    return common;
  }

  List<String> search() {
    return search.isEmpty() ? USUAL_SEARCH : search;
  }

  Strategy strategy() {
    return strategy;
  }

  int trials() {
    return trials;
  }

  Objective objective() {
    return objective;
  }

  long seed() {
    return seed;
  }

  /** Returns the options that were typed. */
  RecordedArguments arguments() {
    return RecordedArguments.typed(commandLine().getParseResult());
  }

  /** Returns those of them that are options of {@code train}. */
  RecordedArguments fixed() {
    return arguments()
        .without("--search", "--strategy", "--trials", "--objective", "--seed")
        .with("--seed", Long.toString(seed));
  }

  CommandLine commandLine() {
    return common.mixee().commandLine();
  }
}
