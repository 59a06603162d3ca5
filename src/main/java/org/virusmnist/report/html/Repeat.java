package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * How to run the same again.
 *
 * @param command what to type, empty where it was not recorded
 * @param build what it was built from
 * @param promise how equal the results will be
 */
record Repeat(String command, String build, String promise) {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  static Repeat of(RunValues run) {
    return new Repeat(command(run.config()), build(run.config()), promise(run.config()));
  }

  private static String command(JsonTree config) {
    if (!(config.at("arguments").value() instanceof Map<?, ?> arguments)) {
      return "";
    }
    List<String> words = new ArrayList<>(List.of("scripts/virus-mnist", "train"));
    arguments.forEach(
        (option, values) -> {
          List<JsonTree> typed = new JsonTree(values).list();
          if (typed.isEmpty()) {
            words.add(quoted(String.valueOf(option)));
          }
          typed.forEach(
              value -> {
                words.add(quoted(String.valueOf(option)));
                words.add(quoted(value.text()));
              });
        });
    words.add("--run NEW");
    return String.join(" ", words);
  }

  /** Returns a word as a POSIX shell reads it back. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String build(JsonTree config) {
    String revision = config.at("environment", "revision").text();
    if (revision.isEmpty() || revision.equals("unknown")) {
      return "The revision it was built from is not known.";
    }
    return revision.endsWith("-dirty")
        ? "Built from revision %s with changes that were not committed: check it out and results may differ."
            .formatted(revision.substring(0, revision.length() - "-dirty".length()))
        : "Built from revision %s, nothing changed.".formatted(revision);
  }

  private static String promise(JsonTree config) {
    return config.at("options", "deterministic").isPresent()
        ? "It ran with --deterministic: on the same machine, device, number of threads and build the results repeat to the bit."
        : "The same seed draws the same splits, order of rows and dropout. Sums may be added up in another order, so results can differ in their last digits; with --deterministic they repeat to the bit on the same machine, device, number of threads and build.";
  }
}
