package org.virusmnist.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ops that a SavedModel may contain, from {@code allowed-ops.txt}: a closed list, so an op that
 * nobody thought of is refused.
 */
final class AllowedOps {
  private static final String RESOURCE = "allowed-ops.txt";
  private static final String SAVING = "saving";

  private final Set<String> anywhere;
  private final Set<String> saving;

  private AllowedOps(Set<String> anywhere, Set<String> saving) {
    this.anywhere = anywhere;
    this.saving = saving;
  }

  static AllowedOps read() {
    try (InputStream in = AllowedOps.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      return parse(new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AllowedOps parse(List<String> lines) {
    Map<String, Set<String>> groups = new TreeMap<>();
    String group = "";
    for (String line : lines) {
      if (line.startsWith("[")) {
        group = line.substring(1, line.indexOf(']'));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        groups.computeIfAbsent(group, name -> new HashSet<>()).addAll(List.of(line.split(" +")));
      }
    }
    Set<String> saving = Set.copyOf(groups.getOrDefault(SAVING, Set.of()));
    groups.remove(SAVING);
    Set<String> anywhere = new HashSet<>();
    groups.values().forEach(anywhere::addAll);
    return new AllowedOps(anywhere, saving);
  }

  /** Whether an op may stand in any function and in the graph itself. */
  boolean isAllowedAnywhere(String op) {
    return anywhere.contains(op);
  }

  /** Whether an op touches files, as saving and restoring variables must. */
  boolean isForSaving(String op) {
    return saving.contains(op);
  }

  Collection<String> all() {
    Set<String> all = new HashSet<>(anywhere);
    all.addAll(saving);
    return all;
  }
}
