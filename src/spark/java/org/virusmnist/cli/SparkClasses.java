package org.virusmnist.cli;

import picocli.CommandLine.Option;

/** How many classes there are, for batch verbs that have no model to ask. */
final class SparkClasses {
  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Labels are 0 to N - 1 (default: 10).")
  private int count = 10;

  int count() {
    return count;
  }
}
