package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * What the audit of the data found.
 *
 * @param findings one line each
 * @param near test rows with a close training row, by how close
 */
record AuditView(List<Fact> findings, List<Near> near) {
  /**
   * Rows that differ in no more bytes count as copies: a program that is built again gets other
   * times, sizes and checksums in its header.
   */
  static final int NEAR_COPY_BYTES = 16;

  /**
   * Test rows that have a training row within some bytes.
   *
   * @param bytes how many bytes may differ
   * @param rows as text
   * @param share of the test rows
   * @param accuracyWithout accuracy over the other rows, empty if it is not known
   * @param isCopy whether this is how near a copy is
   */
  record Near(String bytes, String rows, String share, String accuracyWithout, boolean isCopy) {}

  static AuditView of(RunValues run) {
    JsonTree audit = run.audit();
    List<Fact> findings = new ArrayList<>();
    addRows(
        findings,
        "Rows of the training file that repeat an earlier one of it",
        audit.at("duplicate_rows_train"));
    addRows(
        findings,
        "Rows of the test file that repeat an earlier one of it",
        audit.at("duplicate_rows_test"));
    addRows(findings, "Equal pictures with different labels", audit.at("conflicting_rows"));
    addRows(findings, "Constant rows in the training file", audit.at("constant_rows_train"));
    addRows(findings, "Constant rows in the test file", audit.at("constant_rows_test"));
    addShare(findings, "Training rows that start with MZ", audit.at("mz_share_train"));
    addShare(findings, "Test rows that start with MZ", audit.at("mz_share_test"));
    return new AuditView(findings, audit.at("near").list().stream().map(AuditView::near).toList());
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

  private static Near near(JsonTree near) {
    JsonTree accuracy = near.at("accuracy_without");
    return new Near(
        Text.count(near.at("bytes").number()),
        Text.count(near.at("rows").number()),
        Text.percent(near.at("share").number()),
        accuracy.isPresent() ? Text.percent(accuracy.number()) : "",
        near.at("bytes").number() == NEAR_COPY_BYTES);
  }
}
