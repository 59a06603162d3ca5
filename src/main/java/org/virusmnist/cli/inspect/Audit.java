package org.virusmnist.cli.inspect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.virusmnist.audit.EqualRows;
import org.virusmnist.audit.NearCount;
import org.virusmnist.audit.NearestRows;
import org.virusmnist.audit.Neighbours;
import org.virusmnist.dataset.DatasetSummary;
import org.virusmnist.dataset.ImageSet;

/**
 * What is known of training and test rows together, as {@code audit.json} says it.
 *
 * @param train summary of the training rows
 * @param test summary of the test rows, or null
 * @param equal rows with equal pixels: set 0 is the training set, set 1 the test set
 * @param leaks nearest training row of each test row, or null without test rows
 * @param correct test rows that were predicted right, or null if that is not known
 */
public record Audit(
    DatasetSummary train,
    @Nullable DatasetSummary test,
    EqualRows equal,
    @Nullable Neighbours leaks,
    @Nullable BitSet correct) {

  /** Audits one set. */
  public static Audit of(ImageSet train, int classCount) {
    return new Audit(
        DatasetSummary.of(train, classCount), null, EqualRows.of(List.of(train)), null, null);
  }

  /** Audits a training set and a test set against it. */
  public static Audit of(
      ImageSet train,
      ImageSet test,
      int classCount,
      @Nullable BitSet correct,
      NearestRows.Progress progress) {
    return new Audit(
        DatasetSummary.of(train, classCount),
        DatasetSummary.of(test, classCount),
        EqualRows.of(List.of(train, test)),
        NearestRows.among(test, train, progress),
        correct);
  }

  /** Returns the same with what a model predicted right among the test rows. */
  public Audit with(BitSet predictedRight) {
    return new Audit(train, test, equal, leaks, predictedRight);
  }

  /** Returns what {@code audit.json} says. */
  public Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    put(record, "train", train, equal.duplicates(0).cardinality());
    if (test != null) {
      put(record, "test", test, equal.duplicates(1).cardinality());
    }
    record.put("conflicting_rows", equal.conflictCount());
    if (leaks != null) {
      record.put("near", near(leaks, correct));
    }
    return record;
  }

  /** Returns how many rows have a neighbour at each distance, and what is right of the others. */
  static List<Map<String, Object>> near(Neighbours neighbours, @Nullable BitSet correct) {
    List<Map<String, Object>> near = new ArrayList<>();
    neighbours.counts(correct).forEach(count -> near.add(record(count)));
    return near;
  }

  private static void put(
      Map<String, Object> record, String name, DatasetSummary summary, int duplicates) {
    record.put(name + "_rows", summary.rows());
    record.put("duplicate_rows_" + name, duplicates);
    record.put("constant_rows_" + name, summary.constantRows());
    record.put("mz_share_" + name, summary.mzShare());
    record.put("class_counts_" + name, summary.classCounts());
  }

  private static Map<String, Object> record(NearCount count) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("bytes", count.bytes());
    record.put("rows", count.rows());
    record.put("share", count.share());
    record.put("rows_without", count.others());
    OptionalDouble accuracy = count.accuracyOfOthers();
    if (accuracy.isPresent()) {
      record.put("accuracy_without", accuracy.getAsDouble());
    }
    return record;
  }
}
