package org.virusmnist.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.cli.console.ResumeRefusedException;

/** What decides the result of a run, taken from its {@code config.json}. */
public final class RunIdentity {
  /** What is searched over, and how. */
  public static final String TUNING = "tuning";

  private RunIdentity() {}

  /** Returns options, hashes and counts by their path in the configuration. */
  public static Map<String, String> of(Map<String, ? extends @Nullable Object> config) {
    Map<String, String> identity = new TreeMap<>();
    flatten("", config.get("options"), identity);
    flatten("data.", config.get("data"), identity);
    flatten("model.", config.get("model"), identity);
    if (config.containsKey(TUNING)) {
      flatten(TUNING + ".", config.get(TUNING), identity);
    }
    // Where a file is does not matter, its content does; counts by class follow from it.
    identity
        .keySet()
        .removeIf(
            key ->
                key.endsWith(".file")
                    || key.endsWith(".directory")
                    || key.endsWith(".class_counts"));
    return identity;
  }

  private static void flatten(String prefix, @Nullable Object value, Map<String, String> identity) {
    if (value instanceof Map<?, ?> map) {
      String inner = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
      map.forEach((key, nested) -> flatten(inner + key, nested, identity));
    } else {
      identity.put(prefix, String.valueOf(value));
    }
  }

  /**
   * Refuses to go on with something else than what a run was started with.
   *
   * @throws ResumeRefusedException naming every difference
   */
  public static void requireSame(Path where, Map<String, String> before, Map<String, String> now)
      throws ResumeRefusedException {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    int exitCode = ExitCode.USAGE;
    for (String key : keys) {
      String was = before.getOrDefault(key, "absent");
      String is = now.getOrDefault(key, "absent");
      if (!was.equals(is)) {
        differences.add(key + " is " + is + ", expected " + was);
        exitCode =
            key.startsWith("data.")
                ? ExitCode.DATA
                : key.startsWith("model.") ? ExitCode.MODEL : exitCode;
      }
    }
    if (!differences.isEmpty()) {
      throw new ResumeRefusedException(where, differences, exitCode);
    }
  }
}
