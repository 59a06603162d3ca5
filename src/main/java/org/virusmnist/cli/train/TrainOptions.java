package org.virusmnist.cli.train;

import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of {@code train} as options of another verb, which hands them on as they were typed.
 */
public final class TrainOptions implements IModelTransformer {
  /** Parts of {@code train} that say what is trained on, where, or what is told of it. */
  private static final Set<String> NOT_A_RECIPE =
      Set.of(
          "common",
          "json",
          "data",
          "modelOptions",
          "folds",
          "reading",
          "cache",
          "resident",
          "storage",
          "worstMistakes");

  private static final Set<String> NOT_SEARCHED =
      Set.of(
          "--preset",
          "--model",
          "--seed",
          "--config",
          "--run",
          "--resume",
          "--checkpoint-every",
          "--keep-checkpoints",
          "--help",
          "--version");

  /** What has no meaning where nothing is tested, and no run is written. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "--test",
          "--image-recipe",
          "--baselines",
          "--benign-class",
          "--unsure-below",
          "--explain",
          "--storage",
          "--work-directory",
          "--json",
          "--checkpoint-every",
          "--keep-checkpoints");

  @Override
  public CommandSpec transform(CommandSpec verb) {
    for (OptionSpec option : spec().options()) {
      boolean isKnown = verb.findOption(option.longestName()) != null;
      if (!isKnown && !NOT_HANDED_ON.contains(option.longestName())) {
        verb.addOption(OptionSpec.builder(option).build());
      }
    }
    return verb;
  }

  private static CommandSpec spec() {
    return new CommandLine(new TrainCommand()).getCommandSpec();
  }

  /** Whether a search may try values of an option, given without dashes. */
  public static boolean isSearchable(String option) {
    CommandSpec spec = spec();
    OptionSpec found = spec.findOption("--" + option);
    return found != null
        && found.arity().max() > 0
        && !NOT_SEARCHED.contains(found.longestName())
        && spec.mixins().entrySet().stream()
            .filter(mixin -> NOT_A_RECIPE.contains(mixin.getKey()))
            .map(Map.Entry::getValue)
            .noneMatch(mixin -> mixin.findOption(found.longestName()) != null);
  }
}
