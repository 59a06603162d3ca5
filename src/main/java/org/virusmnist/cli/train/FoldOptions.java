package org.virusmnist.cli.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether training is repeated on folds of the training file, and what it is compared with. */
public final class FoldOptions {
  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Cross-validate: train K times on the rest of --train and score on each of K folds, which"
              + " keep --groups whole and class shares alike. --test is not read (default: 0, train once).")
  private int folds;

  @Option(
      names = "--fold-seed",
      paramLabel = "N",
      description = "Seeds the folds alone, so that seeds are compared on the same (default: 0).")
  private @Nullable Long foldSeed;

  @Option(
      names = "--baselines",
      description =
          "Score majority, nearest neighbour, logistic regression and random forests on the same"
              + " rows.")
  private boolean hasBaselines;

  /** Returns whether cross-validation was asked for. */
  public boolean isOn() {
    return folds != 0;
  }

  int count() {
    return folds;
  }

  long seed() {
    return Objects.requireNonNullElse(foldSeed, 0L);
  }

  boolean hasBaselines() {
    return hasBaselines;
  }

  /** Throws naming the value that is out of range. */
  void check() {
    if (folds < 0 || folds == 1) {
      throw new IllegalArgumentException("folds is " + folds + ", expected 2 or more");
    }
  }

  /** Throws if there is an option that cannot act. */
  void refuseInert() {
    if (foldSeed != null && !isOn()) {
      throw new IllegalArgumentException(
          "--fold-seed is given, expected --folds with it: --seed is for the split");
    }
  }

  /** Returns what {@code config.json} says of it; nothing when training is done once. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (isOn()) {
      record.put("folds", folds);
      record.put("fold_seed", seed());
    }
    if (hasBaselines) {
      record.put("baselines", true);
    }
    return record;
  }
}
