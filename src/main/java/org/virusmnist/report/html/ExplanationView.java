package org.virusmnist.report.html;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.RunValues;

/**
 * Which bytes drove some decisions.
 *
 * @param introduction what is shown and how it was measured
 * @param rows the decisions, the worst first
 */
record ExplanationView(String introduction, List<Row> rows) {
  private static final int MOST_ROWS = 12;
  private static final int MOST_BYTES = 10;
  private static final int MATTERED_MOST = 3;

  /** A page stays small: all bytes of a row take about 50 KB. */
  private static final int MOST_HEX = 3;

  /**
   * A decision.
   *
   * @param row number in the test file
   * @param trueName the label, empty if there is none
   * @param predictedName the prediction
   * @param confidence its probability
   * @param explainedName the class that is explained where it is not the prediction, else empty
   * @param figures how far the numbers can be trusted
   * @param bytes the most important first
   * @param image the picture
   * @param overlay the picture with the bytes that mattered in colour
   * @param hex every byte, empty where it is left out
   */
  record Row(
      String row,
      String trueName,
      String predictedName,
      String confidence,
      String explainedName,
      String figures,
      List<ByteView> bytes,
      String image,
      String overlay,
      List<HexLine> hex) {}

  /**
   * A byte and its part in the decision.
   *
   * @param offset as hexadecimal number
   * @param value as hexadecimal number
   * @param field what it is in a PE header, empty if it is not known
   * @param attribution change of the logit, with its sign
   * @param occlusion drop of the log-probability without it, with its sign
   * @param isAmongFirst whether it is one of the three that mattered most
   */
  record ByteView(
      String offset,
      String value,
      String field,
      String attribution,
      String occlusion,
      boolean isAmongFirst) {}

  /** Returns what a page shows, or null where nothing was explained. */
  static @Nullable ExplanationView of(RunValues run) {
    List<Explanation> known =
        run.explanations().rows().stream()
            .filter(row -> isKnown(row, run.classNames().size()))
            .limit(MOST_ROWS)
            .toList();
    if (known.isEmpty()) {
      return null;
    }
    List<Row> rows = known.stream().map(row -> row(run, row, known.indexOf(row))).toList();
    return new ExplanationView(introduction(run), rows);
  }

  private static boolean isKnown(Explanation row, int classes) {
    Integer label = row.label();
    return isClass(row.predicted(), classes)
        && isClass(row.explainedClass(), classes)
        && (label == null || isClass(label, classes));
  }

  private static boolean isClass(int value, int classes) {
    return value >= 0 && value < classes;
  }

  private static String introduction(RunValues run) {
    String whose = run.explanations().explains();
    return String.format(
        Locale.ROOT,
        "Attribution says how far a byte pushed the score (logit) of the class the row was taken"
            + " for, + towards that class and − away from it: integrated gradients from a black image"
            + " in %d steps%s. Occlusion asks another question: how much of the log-probability, in"
            + " nats, goes when that byte alone is set to zero. Where the two disagree, no single byte"
            + " decided. The three bytes with the largest attribution are bold; [3] is the fourth byte"
            + " of a field.",
        run.explanations().steps(),
        whose.isEmpty() ? "" : ", " + whose);
  }

  private static Row row(RunValues run, Explanation row, int number) {
    Integer label = row.label();
    return new Row(
        Long.toString(row.row()),
        label == null ? "" : run.label(label),
        run.label(row.predicted()),
        Text.percent(row.probability()),
        row.explainedClass() == row.predicted() ? "" : run.label(row.explainedClass()),
        figures(row),
        bytes(row),
        Picture.dataUri(row.grey()),
        Picture.overlay(row.grey(), row.attributions()),
        number < MOST_HEX ? HexLine.of(row) : List.of());
  }

  private static String figures(Explanation row) {
    String sums =
        String.format(
            Locale.ROOT,
            "Logit %.2f, of a black image %.2f; the attributions add up to the difference within"
                + " %.1f %%.",
            row.logit(),
            row.baselineLogit(),
            100 * row.relativeGap());
    Double agreement = row.occlusionRankCorrelation();
    return agreement == null
        ? sums
        : sums
            + String.format(
                Locale.ROOT,
                " Rank correlation with occlusion %.2f (1 is the same order, 0 none in common, −1 the reverse).",
                agreement);
  }

  /** Returns the bytes that mattered most as a sentence. */
  static String mostImportant(Explanation row) {
    return row.bytes().stream()
        .limit(MATTERED_MOST)
        .map(
            one ->
                "%s %s (%s)"
                    .formatted(
                        HexLine.offset(one.offset()),
                        one.field().isEmpty() ? "= " + HexLine.value(one.value()) : one.field(),
                        String.format(Locale.ROOT, "%+.2f", one.attribution())))
        .reduce((first, second) -> first + ", " + second)
        .orElse("");
  }

  private static List<ByteView> bytes(Explanation row) {
    return row.bytes().stream()
        .limit(MOST_BYTES)
        .map(one -> byteView(one, row.bytes().indexOf(one) < MATTERED_MOST))
        .toList();
  }

  private static ByteView byteView(Explanation.ExplainedByte one, boolean isAmongFirst) {
    return new ByteView(
        HexLine.offset(one.offset()),
        HexLine.value(one.value()),
        one.field(),
        String.format(Locale.ROOT, "%+.3f", one.attribution()),
        String.format(Locale.ROOT, "%+.3f", one.occlusion()),
        isAmongFirst);
  }
}
