package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * What the audit of the data found.
 *
 * @param verdict what near copies are worth, and with what they were compared
 * @param findings one line each
 * @param near test rows with a close training row, by how close
 */
record AuditView(String verdict, List<Fact> findings, List<Near> near) {
  /**
   * Test rows that have a training row within some bytes.
   *
   * @param bytes how many bytes may differ
   * @param rows as text
   * @param share of the test rows
   * @param accuracyOn accuracy over these rows
   * @param accuracyWithout accuracy over the other rows
   * @param interval its 95 % interval
   * @param isCopy whether this is how near a copy is
   */
  record Near(
      String bytes,
      String rows,
      String share,
      String accuracyOn,
      String accuracyWithout,
      String interval,
      boolean isCopy) {}

  static AuditView of(RunValues run) {
    JsonTree audit = run.audit();
    List<Fact> findings = new ArrayList<>();
    addRows(findings, "Training rows that repeat an earlier one", audit.at("duplicate_rows_train"));
    addRows(findings, "Test rows that repeat an earlier one", audit.at("duplicate_rows_test"));
    addRows(findings, "Equal pictures with different labels", audit.at("conflicting_rows"));
    addRows(findings, "Constant rows in the training file", audit.at("constant_rows_train"));
    addRows(findings, "Constant rows in the test file", audit.at("constant_rows_test"));
    addShare(findings, "Training rows that start with MZ", audit.at("mz_share_train"));
    addShare(findings, "Test rows that start with MZ", audit.at("mz_share_test"));
    return new AuditView(
        verdict(run),
        findings,
        audit.at("near").list().stream().map(entry -> near(run, entry)).toList());
  }

  /** Returns the answer in a few sentences. */
  static String verdict(RunValues run) {
    NearCopies near = NearCopies.of(run);
    String compared = compared(run);
    if (near == null) {
      return compared;
    }
    if (near.rows() == 0) {
      return "No test row is a near copy of a training row. " + compared;
    }
    String share =
        "%s of %s (%s) %s"
            .formatted(
                Text.count(near.rows()),
                Text.rows(near.testRows()),
                Text.percent(near.share()),
                near.rows() == 1
                    ? "is a near copy of a training row"
                    : "are near copies of training rows");
    if (!Double.isFinite(near.accuracyWithout())) {
      return share + ". " + compared;
    }
    String on =
        Double.isFinite(near.accuracyOn())
            ? "%s of %s right, ".formatted(Text.percent(near.accuracyOn()), itOrThem(near))
            : "";
    return "%s: %s%s of the others (95 %% interval %s). %s"
        .formatted(share, on, Text.percent(near.accuracyWithout()), near.intervalText(), compared);
  }

  private static String itOrThem(NearCopies near) {
    return near.rows() == 1 ? "it" : "them";
  }

  /** Returns which rows the test rows were compared with. */
  private static String compared(RunValues run) {
    double compared = run.audit().at("train_rows").number();
    double fitted = run.config().at("data", "train", "rows").number();
    double validated = run.config().at("data", "validation", "rows").number();
    if (!Double.isFinite(compared)) {
      return "";
    }
    String rows = "Test rows were compared with " + Text.rows((long) compared);
    if (compared == fitted) {
      return rows + ", those that were fitted.";
    }
    return compared == fitted + validated
        ? rows + " of the training file: those that were fitted and those for validation."
        : rows + ".";
  }

  private static void addRows(List<Fact> findings, String name, JsonTree value) {
    if (value.isPresent()) {
      findings.add(new Fact(name, Text.count(value.number())));
    }
  }

  private static void addShare(List<Fact> findings, String name, JsonTree value) {
    if (value.isPresent()) {
      findings.add(new Fact(name, Text.percent(value.number())));
    }
  }

  private static Near near(RunValues run, JsonTree entry) {
    NearCopies near = NearCopies.of(run.result().evaluation(), entry);
    return new Near(
        Text.count(entry.at("bytes").number()),
        Text.count(near.rows()),
        Text.percent(entry.at("share").number()),
        Text.percent(near.accuracyOn()),
        Text.percent(near.accuracyWithout()),
        near.intervalText(),
        entry.at("bytes").number() == NearCopies.BYTES);
  }
}
