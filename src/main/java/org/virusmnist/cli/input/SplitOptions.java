package org.virusmnist.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.GroupFolds;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Split;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How rows to validate on are taken out of those to train on. */
final class SplitOptions {
  private static final double NOTEBOOK_VALIDATION_SPLIT = 0.33;

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      description = "Share of the rows of --train to validate on (default: the preset's, 0.33).")
  private @Nullable Double share;

  private double usualShare = NOTEBOOK_VALIDATION_SPLIT;

  @Option(
      names = "--stratified",
      description = "Keep the class shares equal in both parts of the split.")
  private boolean isStratified;

  @Mixin private GroupOptions groups = new GroupOptions();

  void splitUnlessAsked(double usual) {
    usualShare = usual;
  }

  GroupOptions groups() {
    return groups;
  }

  /**
   * Throws if there are options that do not go together.
   *
   * @param isSplit whether rows to validate on are taken out of those to train on
   */
  void check(boolean isSplit) {
    if (!isSplit && (share != null || isStratified)) {
      throw new IllegalArgumentException(
          "--validation is given, so --validation-split and --stratified have no meaning");
    }
    if (groups.isOn() && isStratified) {
      throw new IllegalArgumentException(
          "--groups is given, so --stratified has no meaning: groups are split by class");
    }
    groups.check();
  }

  /** Splits rows to train on from those to validate on. */
  Split split(ImageSet all, Groups ofRows, int classCount, long seed) {
    try {
      if (groups.isOn()) {
        return GroupFolds.split(all.labels(), classCount, ofRows, share(), seed);
      }
      return isStratified
          ? Split.stratified(all.labels(), classCount, share(), seed)
          : Split.random(all.size(), share(), seed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--validation-split: " + e.getMessage(), e);
    }
  }

  private double share() {
    return share == null ? usualShare : share;
  }

  /** Returns what {@code config.json} says of it. */
  Map<String, Object> record(boolean isSplit) {
    Map<String, Object> record = new LinkedHashMap<>();
    if (isSplit) {
      record.put("validation_split", share());
      record.put("stratified", isStratified);
    }
    record.putAll(groups.record());
    return record;
  }
}
