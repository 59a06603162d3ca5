package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.GroupFile;
import org.virusmnist.dataset.SharedGroups;
import picocli.CommandLine.Option;

/** Which rows belong together. */
final class GroupOptions {
  private static final Logger LOG = LogManager.getLogger(GroupOptions.class);
  private static final String USUAL_COLUMN = "group";

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "CSV with a column hash: rows of one group stay together in splits and folds,"
              + " for example data/sources.csv.gz. Rows of --test and --validation that are in a"
              + " group of --train are counted and warned of.")
  private @Nullable Path file;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "The column of --groups with the name of the group (default: group).")
  private @Nullable String column;

  boolean isOn() {
    return file != null;
  }

  /** Throws if a column is named of no file. */
  void check() {
    if (file == null && column != null) {
      throw new IllegalArgumentException(
          "--group-column is given, expected --groups with it: the file that has the column");
    }
  }

  /** Reads the file; null where none was named. */
  @Nullable GroupFile read() throws IOException {
    return file == null ? null : GroupFile.read(file, column());
  }

  private String column() {
    return Objects.requireNonNullElse(column, USUAL_COLUMN);
  }

  /** Counts the rows that are in groups of the training file, and says so if there are any. */
  static SharedGroups shared(GroupFile groups, FileRows train, FileRows others) {
    SharedGroups shared = groups.shared(train.file().images(), others.images());
    if (shared.inTrainingGroups() > 0) {
      LOG.warn(
          "{}: {} of {} rows are in groups of {}, expected none: their score flatters. Leave them"
              + " out to see what unknown groups get.",
          others.images().source(),
          shared.inTrainingGroups(),
          shared.rows(),
          train.file().images().source());
    }
    if (shared.withoutGroup() > 0) {
      LOG.warn(
          "{}: {} of {} rows have no line in {}, so whether they are in groups of {} is not known.",
          others.images().source(),
          shared.withoutGroup(),
          shared.rows(),
          groups.file(),
          train.file().images().source());
    }
    return shared;
  }

  /** Returns what {@code config.json} says of it; nothing where rows stand alone. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (file != null) {
      record.put("groups", file.getFileName().toString());
      record.put("group_column", column());
    }
    return record;
  }
}
