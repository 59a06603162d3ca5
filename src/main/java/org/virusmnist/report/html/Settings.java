package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/** Some of a run's options, by what they decide. */
record Settings(String title, List<Fact> facts) {
  private static final Set<String> DATA =
      Set.of(
          "validation_split",
          "stratified",
          "groups",
          "group_column",
          "folds",
          "fold_seed",
          "baselines",
          "benign_class",
          "unsure_below");
  private static final Set<String> EXECUTION =
      Set.of("feature_cache", "precision", "deterministic");

  /** Returns every option of the run: what concerns data, training and execution. */
  static List<Settings> of(RunValues run) {
    List<Fact> data = new ArrayList<>();
    List<Fact> training = new ArrayList<>();
    List<Fact> execution = new ArrayList<>();
    if (run.config().at("options").value() instanceof Map<?, ?> options) {
      options.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            List<Fact> facts =
                DATA.contains(name) ? data : EXECUTION.contains(name) ? execution : training;
            facts.add(new Fact(name.replace('_', ' '), new JsonTree(value).text()));
          });
    }
    return List.of(
            new Settings("Data", data),
            new Settings("Training", training),
            new Settings("Execution", execution))
        .stream()
        .filter(settings -> !settings.facts().isEmpty())
        .toList();
  }
}
