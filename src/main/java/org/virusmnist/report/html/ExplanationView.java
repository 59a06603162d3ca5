package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/**
 * Which bytes drove a decision.
 *
 * @param row number in the test file
 * @param trueName the label
 * @param predictedName the prediction
 * @param confidence its probability
 * @param bytes the most important first
 * @param image the picture, empty if it is not known
 */
record ExplanationView(
    String row,
    String trueName,
    String predictedName,
    String confidence,
    List<ByteView> bytes,
    String image) {
  private static final int MOST_BYTES = 8;

  /**
   * A byte and its part in the decision.
   *
   * @param offset as hexadecimal number
   * @param value as hexadecimal number
   * @param field what it is in a PE header, empty if it is not known
   * @param attribution change of the logit, with its sign
   */
  record ByteView(String offset, String value, String field, String attribution) {}

  static List<ExplanationView> of(RunValues run) {
    List<ExplanationView> views = new ArrayList<>();
    int classes = run.classNames().size();
    for (JsonTree row : run.explanations().at("rows").list()) {
      if (isClass(row.at("label"), classes) && isClass(row.at("predicted"), classes)) {
        views.add(of(run, row));
      }
    }
    return views;
  }

  private static boolean isClass(JsonTree value, int classes) {
    return value.number() >= 0 && value.number() < classes;
  }

  private static ExplanationView of(RunValues run, JsonTree row) {
    long number = (long) row.at("row").number();
    return new ExplanationView(
        Long.toString(number),
        run.label((int) row.at("label").number()),
        run.label((int) row.at("predicted").number()),
        Text.percent(row.at("probability").number()),
        row.at("bytes").list().stream().limit(MOST_BYTES).map(ExplanationView::byteView).toList(),
        Picture.dataUri(run.images().grey(number)));
  }

  private static ByteView byteView(JsonTree of) {
    return new ByteView(
        String.format(Locale.ROOT, "0x%03x", (int) of.at("offset").number()),
        String.format(Locale.ROOT, "%02x", (int) of.at("value").number()),
        of.at("field").text(),
        String.format(Locale.ROOT, "%+.3f", of.at("attribution").number()));
  }
}
