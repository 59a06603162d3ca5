package org.virusmnist.cli.tune;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.run.ConfigFile;
import org.virusmnist.cli.run.RecordedArguments;
import org.virusmnist.cli.session.ModelOpening;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.cli.train.TrainChecks;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.cli.train.TrainOptions;
import org.virusmnist.tuning.Dimension;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;
import org.virusmnist.tuning.SearchSpace;
import org.virusmnist.tuning.Trial;
import picocli.CommandLine.ParameterException;

/**
 * Everything a search will do, known before it begins.
 *
 * @param command the verb's options
 * @param space what is searched over
 * @param search the trials and who goes on
 * @param base the options that hold for every trial
 */
public record TunePlan(TuneCommand command, SearchSpace space, Search search, TrainCommand base) {
  private static final String EPOCHS = "epochs";
  private static final int HALVING_FACTOR = 3;

  /**
   * Draws the trials and parses every one of them as {@code train} would.
   *
   * @throws ParameterException naming the search or trial that is wrong
   */
  static TunePlan of(TuneCommand command) throws IOException {
    if (command.trials() < 1) {
      throw command.common().usage("--trials is " + command.trials() + ", expected 1 or more");
    }
    TrainCommand base = parse(command, command.fixed(), train -> new TrainChecks(train).values());
    SearchSpace space = space(command);
    List<Trial> trials = draw(command, space);
    Search search =
        new Search(trials, rungs(command, base, space, trials.size()), command.objective());
    TunePlan plan = new TunePlan(command, space, search, base);
    plan.checkTrials();
    return plan;
  }

  private static SearchSpace space(TuneCommand command) {
    try {
      SearchSpace space = new SearchSpace(command.search().stream().map(Dimension::parse).toList());
      for (String option : space.options()) {
        if (!TrainOptions.isSearchable(option)) {
          throw new IllegalArgumentException(
              "'%s' is no option of train that a trial may change, expected one as learning-rate"
                  .formatted(option));
        }
        if (command.arguments().names().contains("--" + option)) {
          throw new IllegalArgumentException(
              "--%s is given and searched over, expected one of them".formatted(option));
        }
      }
      return space;
    } catch (IllegalArgumentException e) {
      throw command.common().usage("--search: " + e.getMessage());
    }
  }

  private static List<Trial> draw(TuneCommand command, SearchSpace space) {
    try {
      return space.draw(command.trials(), command.seed());
    } catch (IllegalArgumentException e) {
      throw command.common().usage("--search: " + e.getMessage());
    }
  }

  private static List<Rung> rungs(
      TuneCommand command, TrainCommand base, SearchSpace space, int trials) {
    int epochs = base.trainingOptions().epochs();
    if (command.strategy() == TuneCommand.Strategy.RANDOM) {
      return Rung.random(trials, epochs);
    }
    if (space.options().contains(EPOCHS)) {
      throw command.common().usage("--search: epochs are what --strategy halving shares out");
    }
    return Rung.halving(trials, epochs, HALVING_FACTOR);
  }

  private void checkTrials() throws IOException {
    for (int rung = 0; rung < search.rungs().size(); rung++) {
      for (Trial trial : search.trials()) {
        try {
          command(trial, search.rungs().get(rung).epochs());
        } catch (ParameterException e) {
          throw command.common().usage("trial %s: %s".formatted(trial.options(), e.getMessage()));
        }
      }
    }
  }

  /**
   * Refuses what the device that is used cannot promise to any trial, and what the model or the
   * rows are too small for.
   *
   * @param rows what trials train on
   */
  void require(ModelOpening model, List<DataOptions.Rows> rows) throws IOException {
    int fewest = rows.stream().mapToInt(split -> split.train().size()).min().orElseThrow();
    UsedDevice device = model.device();
    try {
      for (Trial trial : search.trials()) {
        TrainCommand train = command(trial, search.rungs().get(0).epochs());
        TrainChecks checks = new TrainChecks(train);
        checks.device(device);
        checks.model(model);
        if (train.recipe().isWarmupAskedFor()) {
          checks.steps(fewest);
        }
      }
    } catch (ParameterException e) {
      throw command.common().usage(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what a trial is trained with. */
  public TrainCommand command(Trial trial, int epochs) throws IOException {
    return parse(command, options(trial, epochs), TrainCommand::checkOptions);
  }

  /** Returns the same as options of {@code train}. */
  RecordedArguments options(Trial trial, int epochs) {
    RecordedArguments options = command.fixed();
    if (search.rungs().size() > 1) {
      options = options.with("--" + EPOCHS, Integer.toString(epochs));
    }
    for (Map.Entry<String, String> option : trial.options().entrySet()) {
      options = options.with("--" + option.getKey(), option.getValue());
    }
    return options;
  }

  private static TrainCommand parse(
      TuneCommand command, RecordedArguments options, ConfigFile.Check<TrainCommand> check)
      throws IOException {
    TrainCommand train = new TrainCommand();
    try {
      options.parseInto(train, command.commandLine());
      check.check(train);
      return train;
    } catch (ParameterException e) {
      throw command.common().usage(String.valueOf(e.getMessage()));
    }
  }

  /** Returns what {@code config.json} says of the search; what of it decides the result. */
  public Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("search", command.search());
    record.put("strategy", command.strategy().toString());
    record.put("trials", command.trials());
    record.put("objective", command.objective().toString());
    return record;
  }
}
