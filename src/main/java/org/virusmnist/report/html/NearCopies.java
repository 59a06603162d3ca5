package org.virusmnist.report.html;

import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * Test rows that are nearly equal to training rows, and what the score is with and without them.
 *
 * @param rows near copies
 * @param testRows all test rows
 * @param accuracy over all of them
 * @param accuracyOn over the near copies, NaN where it is not known
 * @param accuracyWithout over the others, NaN where it is not known
 * @param interval 95 % Wilson interval of the latter, from 0 to 1 where it is not known
 */
record NearCopies(
    long rows,
    long testRows,
    double accuracy,
    double accuracyOn,
    double accuracyWithout,
    Interval interval) {
  /**
   * Rows that differ in no more bytes count as copies: a program that is built again gets other
   * times, sizes and checksums in its header. The number is a convention.
   */
  static final int BYTES = 16;

  /** Returns what the audit says of the convention's limit, or null where it says nothing. */
  static @Nullable NearCopies of(RunValues run) {
    for (JsonTree near : run.audit().at("near").list()) {
      if (near.at("bytes").number() == BYTES && near.at("rows").number() >= 0) {
        return of(run.result().evaluation(), near);
      }
    }
    return null;
  }

  /** Returns what an entry of the audit says. */
  static NearCopies of(Evaluation evaluation, JsonTree near) {
    long rows = (long) near.at("rows").number();
    long others = evaluation.rows() - rows;
    double without = near.at("accuracy_without").number();
    long correct = Double.isFinite(without) ? Math.round(without * others) : 0;
    long correctOn = evaluation.matrix().correct() - correct;
    boolean isKnown = Double.isFinite(without) && others > 0 && correct <= others;
    return new NearCopies(
        rows,
        evaluation.rows(),
        evaluation.accuracy(),
        isKnown && rows > 0 && correctOn >= 0 && correctOn <= rows
            ? (double) correctOn / rows
            : Double.NaN,
        without,
        isKnown ? Interval.wilson95(correct, others) : new Interval(0, 1));
  }

  double share() {
    return testRows == 0 ? 0 : (double) rows / testRows;
  }

  /** Returns the interval as text, empty where it is not known. */
  String intervalText() {
    return Double.isFinite(accuracyWithout)
        ? "%s to %s".formatted(Text.percent(interval.low()), Text.percent(interval.high()))
        : "";
  }
}
